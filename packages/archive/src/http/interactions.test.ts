import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { objectsAt, stringAt, stringsAt, type JsonObject } from '../fhir/json.js';
import { clerk, system, user } from '../testing/people.js';
import { admit, heartStay, sampleDocument } from '../testing/sample-hospital.js';
import { TEST_BASE, TestArchive, type TestAnswer, type TestUser } from '../testing/test-archive.js';
import { hostileTexts } from '../testing/store-write-cases.js';

const practitioner = (more: JsonObject = {}): JsonObject => ({ resourceType: 'Practitioner', ...more });

function codeOf(answer: TestAnswer): string | undefined {
  assert.equal(answer.json['resourceType'], 'OperationOutcome', answer.text);
  return stringAt(answer.json, 'issue.details.coding.code');
}

describe('interactions', () => {
  let archive: TestArchive;
  let go: TestUser;

  beforeEach(() => {
    archive = new TestArchive();
    go = archive.as(system);
  });

  it('creates, reads, updates and keeps every version', async () => {
    const created = await go('Practitioner', { body: practitioner({ name: [{ text: '王一' }] }) });
    assert.equal(created.status, 201);
    const id = stringAt(created.json, 'id') ?? '';
    assert.equal(created.headers.get('location'), `${TEST_BASE}/Practitioner/${id}/_history/1`);
    assert.equal(created.headers.get('etag'), 'W/"1"');
    const path = `Practitioner/${id}`;
    const update = {
      method: 'PUT',
      body: practitioner({ id, name: [{ text: '王二' }] }),
      headers: { 'if-match': 'W/"1"' },
    };
    const updated = await go(path, update);
    assert.deepEqual([updated.status, updated.headers.get('etag')], [200, 'W/"2"']);
    assert.equal(stringAt((await go(path)).json, 'name.text'), '王二');
    assert.equal(stringAt((await go(`${path}/_history/1`)).json, 'name.text'), '王一');
    const history = await go(`${path}/_history`);
    assert.deepEqual(stringsAt(history.json, 'entry.resource.name.text'), ['王二', '王一']);
    const paged = await go(`${path}/_history?_count=1`);
    assert.deepEqual(stringsAt(paged.json, 'entry.resource.name.text'), ['王二']);
    const next = objectsAt(paged.json, 'link').find((link) => link['relation'] === 'next');
    const rest = await go(stringAt(next, 'url') ?? '');
    assert.deepEqual(stringsAt(rest.json, 'entry.resource.name.text'), ['王一']);
  });

  it('refuses stale, blind and impossible updates with the right status', async () => {
    const body = practitioner({ id: 'a' });
    const put = (path: string, more: JsonObject, headers: Record<string, string> = {}): Promise<TestAnswer> =>
      go(path, { method: 'PUT', body: { ...body, ...more }, headers });
    assert.equal((await put('Practitioner/a', {})).status, 201);
    const blind = await put('Practitioner/a', {});
    assert.deepEqual([blind.status, codeOf(blind)], [428, 'version-conflict']);
    const stale = await put('Practitioner/a', {}, { 'if-match': 'W/"7"' });
    assert.deepEqual([stale.status, codeOf(stale)], [412, 'version-conflict']);
    assert.equal((await put('Practitioner/a', {}, { 'if-match': 'odd' })).status, 400);
    assert.equal((await put('Practitioner/a', {}, { 'if-none-match': '*' })).status, 412);
    assert.equal((await put('Practitioner/b', { id: 'b' }, { 'if-match': 'W/"1"' })).status, 412);
    assert.equal((await put('Practitioner/a', { id: 'b' }, { 'if-match': 'W/"1"' })).status, 400);
    assert.equal((await go('Practitioner/a')).headers.get('etag'), 'W/"1"');
  });

  it('answers 304 when the caller has the version', async () => {
    await admit(archive, heartStay);
    const seen = await go('List/rec-heart', { headers: { 'if-none-match': 'W/"1"' } });
    assert.deepEqual([seen.status, seen.text, seen.headers.get('etag')], [304, '', 'W/"1"']);
    assert.equal((await go('List/rec-heart', { headers: { 'if-none-match': 'W/"2"' } })).status, 200);
  });

  it('creates once under If-None-Exist, also when the answer was lost', async () => {
    const identifier = [{ system: 'urn:test', value: 'k1' }];
    const send = (): Promise<TestAnswer> =>
      go('Practitioner', {
        body: practitioner({ identifier }),
        headers: { 'if-none-exist': 'identifier=urn:test|k1' },
      });
    const [first, second] = [await send(), await send()];
    assert.deepEqual([first.status, second.status], [201, 200]);
    assert.equal(first.json['id'], second.json['id']);
    const together = await Promise.all([send(), send(), send()]);
    assert.ok(together.every((answer) => answer.json['id'] === first.json['id']));
    await go('Practitioner', { body: practitioner({ identifier }) });
    assert.equal((await send()).status, 412, 'several match');
    const odd = await go('Practitioner', { body: practitioner(), headers: { 'if-none-exist': 'nonsense=1' } });
    assert.equal(odd.status, 400);
  });

  it('refuses a second document with the same masterIdentifier', async () => {
    await admit(archive, heartStay);
    const { id: _id, ...copy } = sampleDocument(heartStay, { id: 'heart-lab' });
    const answer = await go('DocumentReference', { body: copy });
    assert.deepEqual([answer.status, codeOf(answer)], [409, 'version-conflict']);
  });

  it('patches with a JSON Patch under If-Match', async () => {
    await go('Practitioner/a', { method: 'PUT', body: practitioner({ id: 'a', name: [{ text: 'x' }] }) });
    const patch = (body: JsonObject[], etag: string): Promise<TestAnswer> =>
      go('Practitioner/a', {
        method: 'PATCH',
        body,
        headers: { 'content-type': 'application/json-patch+json', 'if-match': etag },
      });
    const add = { op: 'add', path: '/name/-', value: { text: 'y' } };
    const done = await patch([{ op: 'test', path: '/name/0/text', value: 'x' }, add], 'W/"1"');
    assert.deepEqual([done.status, stringsAt(done.json, 'name.text')], [200, ['x', 'y']]);
    assert.equal((await patch([add], 'W/"1"')).status, 412);
    assert.equal((await patch([{ op: 'test', path: '/name/0/text', value: 'z' }], 'W/"2"')).status, 422);
    assert.equal((await patch([{ op: 'remove', path: '/none' }], 'W/"2"')).status, 422);
    assert.equal((await patch([{ op: 'replace', path: '/id', value: 'b' }], 'W/"2"')).status, 400);
    assert.equal((await go('Practitioner/a')).headers.get('etag'), 'W/"2"');
  });

  it('says OperationOutcome for whatever is wrong', async () => {
    const post = (body: string, type = 'application/fhir+json', path = 'Practitioner'): Promise<TestAnswer> =>
      go(path, { body, headers: { 'content-type': type } });
    const cases: [TestAnswer, number][] = [
      [await go('Nonsense/1'), 404],
      [await go('Practitioner/unknown'), 404],
      [await go('Practitioner/a/b'), 404],
      [await go('Practitioner/%00'), 404],
      [await go('http://archive.test/other'), 404],
      [await go('Practitioner/a', { method: 'DELETE' }), 405],
      [await go('metadata', { method: 'POST', body: {} }), 405],
      [await post(''), 400],
      [await post('{'), 400],
      [await post('null'), 400],
      [await post('[]'), 400],
      [await post('{"resourceType":"Patient"}'), 400],
      [await post('{"resourceType":"Practitioner","name":"x"}'), 422],
      [await post('{"resourceType":"Practitioner","id":"a b"}'), 422],
      [await post('<Practitioner/>', 'application/fhir+xml'), 415],
      [await post('{"resourceType":"Task","status":"nope","intent":"order"}', undefined, 'Task'), 422],
      [await post(`{"resourceType":"Practitioner","x":${'['.repeat(200)}${']'.repeat(200)}}`), 422],
      [await post('{"resourceType":"Bundle","type":"collection"}', undefined, ''), 400],
    ];
    for (const [index, [answer, status]] of cases.entries()) {
      assert.equal(answer.status, status, `case ${index}: ${answer.text}`);
      assert.notEqual(codeOf(answer), undefined, `case ${index}`);
    }
    assert.equal((await go('Practitioner/a', { method: 'DELETE' })).headers.get('allow')?.includes('DELETE'), false);
  });

  it('refuses a body beyond the limit', async () => {
    const small = new TestArchive({ policy: { maxJsonBytes: 100, maxBinaryBytes: 10 } }).as(system);
    assert.equal(
      (await small('Practitioner', { body: practitioner({ name: [{ text: 'x'.repeat(100) }] }) })).status,
      413,
    );
    const bytes = { body: new Uint8Array(11), headers: { 'content-type': 'application/pdf' } };
    assert.equal((await small('Binary', bytes)).status, 413);
  });

  it('keeps hostile text exactly and finds names of any length', async () => {
    for (const [index, text] of hostileTexts.entries()) {
      const id = `h${index}`;
      const body = practitioner({ id, name: [{ text }], extension: [{ url: 'urn:x', valueString: text }] });
      assert.equal((await go(`Practitioner/${id}`, { method: 'PUT', body })).status, 201);
      assert.equal(stringAt((await go(`Practitioner/${id}`)).json, 'name.text'), text);
    }
    const long = await go(`Practitioner?name=${encodeURIComponent('长'.repeat(20))}`);
    assert.deepEqual(stringsAt(long.json, 'entry.resource.id'), ['h7']);
    const whole = await go(`Practitioner?name=${encodeURIComponent('长'.repeat(10_000))}`);
    assert.equal(whole.status, 200);
    assert.equal(
      (await go(`Practitioner?name:exact=${encodeURIComponent("'; DROP TABLE resource; --")}`)).json['total'],
      1,
    );
  });

  it('never lets a write choose its version or time', async () => {
    const meta = { versionId: '99', lastUpdated: '1999-01-01T00:00:00Z', profile: ['urn:x'] };
    const answer = await go('Practitioner', { body: practitioner({ meta }) });
    assert.equal(stringAt(answer.json, 'meta.versionId'), '1');
    assert.notEqual(stringAt(answer.json, 'meta.lastUpdated'), meta.lastUpdated);
    assert.equal(stringAt(answer.json, 'meta.profile'), 'urn:x');
  });

  it('lets only those write who may', async () => {
    const nurse = archive.as(user('NUR'));
    const answer = await nurse('Practitioner', { body: practitioner() });
    assert.deepEqual([answer.status, codeOf(answer)], [403, 'record-forbidden']);
    const odd = await archive.as(user('constructor'))('Practitioner', { body: practitioner() });
    assert.equal(odd.status, 403);
  });

  it('echoes a safe request id and replaces an unsafe one', async () => {
    const safe = await go('metadata', { headers: { 'x-request-id': 'abc-123' } });
    assert.equal(safe.headers.get('x-request-id'), 'abc-123');
    const unsafe = await go('metadata', { headers: { 'x-request-id': '<b>'.repeat(50) } });
    assert.match(unsafe.headers.get('x-request-id') ?? '', /^[\w-]{36}$/);
  });

  it('answers preflights and exposes what browsers need', async () => {
    const headers = { origin: 'https://emr.test', 'access-control-request-method': 'PUT' };
    const preflight = await go('List/a', { method: 'OPTIONS', headers });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
    for (const name of ['Authorization', 'If-Match', 'Range', 'If-Range', 'Prefer', 'X-Request-Id']) {
      assert.ok(preflight.headers.get('access-control-allow-headers')?.includes(name), name);
    }
    const read = await go('metadata', { headers });
    for (const name of ['ETag', 'Content-Range', 'Accept-Ranges', 'X-Request-Id', 'Retry-After', 'Location', 'Date']) {
      assert.ok(read.headers.get('access-control-expose-headers')?.includes(name), name);
    }
    const closed = new TestArchive({ policy: { allowedOrigins: ['https://emr.test'] } }).as(system);
    assert.equal(
      (await closed('metadata', { headers })).headers.get('access-control-allow-origin'),
      'https://emr.test',
    );
    const foreign = await closed('metadata', { headers: { origin: 'https://evil.test' } });
    assert.equal(foreign.headers.get('access-control-allow-origin'), null);
  });

  it('HEAD gives the headers of GET without a body', async () => {
    await admit(archive, heartStay);
    const answer = await archive.as(clerk)('List/rec-heart', { method: 'HEAD' });
    assert.deepEqual([answer.status, answer.text, answer.headers.get('etag')], [200, '', 'W/"1"']);
  });

  it('an aborted request is answered, not thrown, and writes nothing', async () => {
    const answer = await go('Practitioner/a', {
      method: 'PUT',
      body: practitioner({ id: 'a' }),
      signal: AbortSignal.abort(),
    });
    assert.equal(codeOf(answer), 'aborted');
    assert.equal((await go('Practitioner/a')).status, 404);
  });
});
