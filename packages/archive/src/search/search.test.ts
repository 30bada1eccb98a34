import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { stringAt, stringsAt, objectsAt, type JsonObject } from '../fhir/json.js';
import { cardiologist, clerk, neurologist, system } from '../testing/people.js';
import { admit, brainStay, heartStay, type SampleStay } from '../testing/sample-hospital.js';
import { TEST_BASE, TestArchive, type TestAnswer, type TestUser } from '../testing/test-archive.js';

const strict = { prefer: 'handling=strict' };

const thirdStay: SampleStay = {
  ...heartStay,
  recordId: 'rec-shan',
  patientId: 'p-shan',
  patientName: '单雪·吕',
  pinyin: 'shan xue lü',
  recordNumber: 'BA000303',
  diagnosis: '高血压病',
  admittedOn: '2026-05-10T09:00:00+08:00',
  documents: [{ id: 'shan-front', type: 'C0032', title: '住院病案首页' }],
};

/** A stay that has not ended. */
const openStay: SampleStay = { ...thirdStay };

function matches(answer: TestAnswer): string[] {
  assert.equal(answer.status, 200, answer.text);
  const entries = objectsAt(answer.json, 'entry').filter((entry) => stringAt(entry, 'search.mode') === 'match');
  return entries.flatMap((entry) => stringAt(entry, 'resource.id') ?? []);
}

function link(json: JsonObject, relation: string): string | undefined {
  return objectsAt(json, 'link').flatMap((item) =>
    item['relation'] === relation ? (stringAt(item, 'url') ?? []) : [],
  )[0];
}

describe('search', () => {
  const archive = new TestArchive({ clock: { now: () => new Date('2026-06-01T00:00:00Z') } });
  let go: TestUser;
  const find = async (query: string, user = go): Promise<string> =>
    matches(await user(query, { headers: strict }))
      .sort()
      .join(' ');

  before(async () => {
    const { dischargedOn: _end, ...open } = openStay;
    await admit(archive, heartStay, brainStay, open);
    go = archive.as(system);
  });

  it('finds records by name, pinyin, initials and any part of them', async () => {
    const cards = 'DocumentReference?type=C0032&';
    for (const name of [
      '林一辰',
      '林',
      '一辰',
      '辰',
      'linyichen',
      'lin yi chen',
      'Lin',
      'yichen',
      'lyc',
      'LY',
      'ｌｙｃ',
    ]) {
      assert.equal(await find(`${cards}patient.name=${encodeURIComponent(name)}`), 'heart-front', name);
      assert.equal(await find(`${cards}_content=${encodeURIComponent(name)}`), 'heart-front', name);
    }
    // A surname with its own reading, a given pinyin, a middle dot.
    for (const name of ['shan', 'sxl', '单雪吕', '单雪·吕', 'shanxuelv', 'xuelü']) {
      assert.equal(await find(`${cards}patient.name=${encodeURIComponent(name)}`), 'shan-front', name);
    }
    for (const name of ['inyi', 'n', '%', '_', '林二', 'chen lin']) {
      const found = await find(`${cards}patient.name=${encodeURIComponent(name)}`);
      assert.equal(found.includes('heart-front'), false, name);
    }
  });

  it('finds records by numbers, department, diagnosis and several words at once', async () => {
    const cases: [string, string][] = [
      ['identifier=urn:oid:2.16.156.10011.1.13|BA000101', 'heart-front'],
      ['identifier=BA000101,BA000202', 'brain-front heart-front'],
      ['identifier=urn:oid:wrong|BA000101', ''],
      ['identifier=|BA000101', ''],
      ['type=C0032&identifier=urn:oid:2.16.156.10011.1.13|', 'brain-front heart-front shan-front'],
      ['type=C0032&setting=NEUR', 'brain-front'],
      ['type=C0032&setting:text=神经', 'brain-front'],
      ['type=C0032&event:text=粥样硬化', 'heart-front'],
      ['event=I25.1&type=C0032', 'brain-front heart-front shan-front'],
      ['_content=心血管 林', 'heart-front'],
      ['_content=xinxueguan', 'heart-front shan-front'],
      ['_content=高血压 ba000303', 'shan-front'],
      ['_content=高血压 林', ''],
      ['_content=gxy', 'shan-front'],
      ['_content=000202', 'brain-front'],
      ['patient.identifier=99BA000202&type=C0032', 'brain-front'],
      ['type:not=C0032&patient=p-chen', 'brain-note'],
      ['_id=heart-front,brain-front,none', 'brain-front heart-front'],
      ['author=Practitioner/dr-brain', 'brain-front brain-note'],
      [`author=${TEST_BASE}/Practitioner/dr-brain`, 'brain-front brain-note'],
      ['author.name=医生dr-brain', 'brain-front brain-note'],
      ['subject:Patient.name=陈', 'brain-front brain-note'],
      ['author:Patient.name=陈', ''],
      ['_security=HIV', ''],
      ['security-label=HIV', 'heart-hiv'],
      ['description=检测', 'heart-hiv'],
      ['description:exact=检测', ''],
      ['description:exact=抗体检测报告', 'heart-hiv'],
      ['contenttype=application/pdf&type=C0042', 'heart-vip'],
    ];
    for (const [query, expected] of cases) {
      const parts = query.split('&').map((part) => part.split(/=(.*)/s).map(encodeURIComponent).slice(0, 2).join('='));
      if (query.startsWith('author:Patient'))
        assert.equal((await go(`DocumentReference?${parts.join('&')}`)).status, 200);
      assert.equal(await find(`DocumentReference?${parts.join('&')}`), expected, query);
    }
  });

  it('filters dates by precision, prefix and overlap, in the hospital’s time', async () => {
    const cases: [string, string][] = [
      ['period=ge2026-03-09', 'brain-front heart-front shan-front'],
      ['period=ge2026-03-10', 'brain-front shan-front'],
      ['period=le2026-03-01', 'heart-front'],
      ['period=lt2026-03-01', ''],
      ['period=ge2026-03-01&period=le2026-03-31', 'heart-front'],
      ['period=2026-03', 'heart-front'],
      ['period=2026', 'brain-front heart-front'],
      ['period=gt2026-04-20', 'shan-front'],
      ['period=sa2026-03-31', 'brain-front shan-front'],
      ['period=eb2026-04-01', 'heart-front'],
      ['period=ne2026-03', 'brain-front shan-front'],
      ['date=2026-03-01', 'heart-front'],
      ['date=2026-03-01T09:00:00%2B08:00', 'heart-front'],
      ['date=2026-03-01T01:00:00Z', 'heart-front'],
      ['date=ap2026-05-11', 'shan-front'],
      ['date=2026-03-01,2026-04-02', 'brain-front heart-front'],
    ];
    for (const [query, expected] of cases)
      assert.equal(await find(`DocumentReference?type=C0032&${query}`), expected, query);
    for (const odd of ['2026-02-30', '2026-13', 'yesterday', 'xx2026', '2026-01-01T', '']) {
      assert.equal((await go(`DocumentReference?date=${odd}`, { headers: strict })).status, 400, odd);
    }
  });

  it('refuses what it does not know under strict handling, and leaves it out of link[self] otherwise', async () => {
    const unknown = ['DocumentReference?nonsense=1', 'DocumentReference?type:odd=1', 'DocumentReference?_sort=title'];
    unknown.push(
      'DocumentReference?_include=List:item',
      'DocumentReference?_summary=text',
      'DocumentReference?patient.nonsense=1',
    );
    unknown.push(
      'DocumentReference?_content:exact=1',
      'List?_content=1',
      'DocumentReference?type=',
      'DocumentReference?_access.patient=p-lin',
    );
    for (const query of unknown) {
      const answer = await go(query, { headers: strict });
      assert.deepEqual([answer.status, answer.json['resourceType']], [400, 'OperationOutcome'], query);
    }
    const lenient = await go('DocumentReference?nonsense=1&type=C0042');
    assert.deepEqual(matches(lenient), ['heart-vip']);
    assert.equal(link(lenient.json, 'self'), `${TEST_BASE}/DocumentReference?type=C0042`);
    assert.equal((await go('DocumentReference?type:odd=1')).status, 400, 'a modifier is never ignored');
    for (const query of ['_count=-1', '_count=x', '_count=1e3'])
      assert.equal((await go(`DocumentReference?${query}`)).status, 400);
  });

  it('takes a form as well as a query, and both together', async () => {
    const headers = { ...strict, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await go('DocumentReference/_search?type=C0032', {
      method: 'POST',
      body: 'patient.name=%E6%9E%97',
      headers,
    });
    assert.deepEqual(matches(answer), ['heart-front']);
    const self = new URL(link(answer.json, 'self') ?? '');
    assert.deepEqual(
      [...self.searchParams],
      [
        ['type', 'C0032'],
        ['patient.name', '林'],
      ],
    );
  });

  it('includes and reverse-includes, each resource once', async () => {
    const query =
      'DocumentReference?type=C0032&_include=DocumentReference:patient&_include=DocumentReference:encounter&_revinclude=List:item';
    const { json } = await go(query, { headers: strict });
    const included = objectsAt(json, 'entry').filter((entry) => stringAt(entry, 'search.mode') === 'include');
    const ids = included.map((entry) => stringAt(entry, 'resource.id')).sort();
    assert.deepEqual(ids, [
      ...['enc-rec-brain', 'enc-rec-heart', 'enc-rec-shan', 'p-chen', 'p-lin', 'p-shan'],
      ...['rec-brain', 'rec-heart', 'rec-shan'],
    ]);
    assert.equal(json['total'], 3, 'the total counts matches only');
  });

  it('sorts, counts and cuts as asked', async () => {
    const order = async (sort: string): Promise<string[]> =>
      matches(await go(`DocumentReference?type=C0032&_sort=${sort}`, { headers: strict }));
    assert.deepEqual(await order('-period'), ['shan-front', 'brain-front', 'heart-front']);
    assert.deepEqual(await order('date'), ['heart-front', 'brain-front', 'shan-front']);
    const counted = await go('DocumentReference?type=C0032&_summary=count');
    assert.deepEqual([counted.json['total'], counted.json['entry']], [3, undefined]);
    assert.equal((await go('DocumentReference?type=C0032&_total=none')).json['total'], undefined);
    assert.equal((await go('DocumentReference?_count=0')).json['total'], 7);
    const slim = await go('DocumentReference?_id=heart-lab&_elements=status,type');
    const resource = objectsAt(slim.json, 'entry.resource')[0] ?? {};
    assert.deepEqual(Object.keys(resource).sort(), ['id', 'meta', 'resourceType', 'status', 'type']);
    const slimList = await go('List?_id=rec-heart&_elements=title');
    assert.deepEqual(stringsAt(slimList.json, 'entry.resource.meta.tag.code'), ['archived', 'SUBSETTED']);
  });

  it('pages through everything once, by opaque signed cursors', async () => {
    for (const user of [system, clerk, cardiologist, neurologist]) {
      const reader = archive.as(user);
      const whole = matches(await reader('DocumentReference?_count=100&_sort=-date', { headers: strict }));
      const seen: string[] = [];
      let next: string | undefined = 'DocumentReference?_count=1&_sort=-date';
      while (next !== undefined) {
        const page: TestAnswer = await reader(next, { headers: strict });
        seen.push(...matches(page));
        assert.equal(link(page.json, 'self')?.includes('_cursor'), false);
        next = link(page.json, 'next');
      }
      assert.deepEqual(seen, whole, user.roles.join());
    }
    const first = await go('DocumentReference?_count=2');
    const next = link(first.json, 'next') ?? '';
    assert.equal((await go(next.replace('_count=2', '_count=3'))).status, 400, 'another query');
    assert.equal((await go(`${next}x`)).status, 400, 'changed');
    assert.equal((await go('DocumentReference?_cursor=0.0.1.aaaaaaaaaaaaaaaaaaaaaa')).status, 400, 'made up');
  });

  it('a cursor survives a restart and new documents do not shift its pages', async () => {
    const own = new TestArchive();
    await admit(own, heartStay);
    const query = 'DocumentReference?_count=2&_sort=-date';
    const first = await own.as(system)(query);
    await admit(own, brainStay);
    const restarted = new TestArchive({ store: own.store, blobs: own.blobs });
    const second = await restarted.as(system)(link(first.json, 'next') ?? '');
    const ids = [...matches(first), ...matches(second)].sort();
    assert.deepEqual(ids, ['heart-front', 'heart-hiv', 'heart-lab', 'heart-vip']);
  });

  it('a renamed patient is found by the new name only', async () => {
    const own = new TestArchive();
    await admit(own, heartStay);
    const user = own.as(system);
    const { json } = await user('Patient/p-lin');
    const body = { ...json, name: [{ text: '赵新名' }] };
    await user('Patient/p-lin', { method: 'PUT', body, headers: { 'if-match': 'W/"1"' } });
    assert.deepEqual(matches(await user('DocumentReference?_content=zxm')), ['heart-front']);
    assert.deepEqual(matches(await user('DocumentReference?_content=林')), []);
  });

  it('matches locked records by who they are about, never by what they say', async () => {
    const stranger = archive.as(neurologist);
    assert.equal(await find('DocumentReference?type=C0032&patient.name=林', stranger), 'heart-front');
    assert.equal(await find('DocumentReference?_content=林', stranger), 'heart-front');
    for (const query of [
      '_content=粥样',
      'event:text=粥样',
      'setting=CARD',
      'period=2026-03',
      'description=检验',
      'security-label=N',
    ]) {
      const found = await find(`DocumentReference?${query}`, stranger);
      assert.equal(found.includes('heart'), false, query);
    }
    const stub = await stranger('DocumentReference?patient.name=林');
    assert.equal(stub.text.includes('检验报告'), false);
    assert.deepEqual([...new Set(stringsAt(stub.json, 'entry.resource.meta.security.code'))], ['REDACTED']);
  });
});
