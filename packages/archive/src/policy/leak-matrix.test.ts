import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide, permissionRules, relationOf, roles, type PermissionRule } from '@anjuan/core';
import type { Principal } from '../auth/principal.js';
import { fakePages } from '../testing/fake-pages.js';
import { user } from '../testing/people.js';
import { admit, heartStay, type SampleStay } from '../testing/sample-hospital.js';
import { TestArchive, type TestUser } from '../testing/test-archive.js';

const labels = ['N', 'R', 'V', 'HIV', 'STD', 'PSY', 'SUD', 'SDV', 'SEX', 'ETH', 'GDIS', 'CEL', 'EMP', 'X-NEW'];

/** One document a label; title and bytes carry a canary that may leave only with the right to read. */
function stay(status: 'working' | 'archived' | 'sealed', suffix: string): SampleStay {
  const documents = labels.map((label) => {
    const canary = `canary${label}${suffix}`;
    return { id: `doc-${label}-${suffix}`, type: 'C0007', title: canary, labels: [label], text: canary };
  });
  return { ...heartStay, recordId: `rec-${suffix}`, recordNumber: `BA-${suffix}`, status, documents };
}

const stays = { archived: stay('archived', 'a'), sealed: stay('sealed', 's') };

/** Every role without a relation to the stay, and those that can have one with it. */
const people: readonly Principal[] = [
  ...roles.map((role) => user(role, { patientId: role === 'PAT' ? 'p-other' : 'p-lin' })),
  ...['DOC', 'HEAD', 'NUR', 'REC', 'AUD'].map((role) => user(role, { departments: ['CARD'] })),
  ...['DOC', 'NUR', 'ADM'].map((role) => user(role, { userId: 'dr-heart' })),
  user('PAT', { patientId: 'p-lin' }),
];

function relationTo(principal: Principal) {
  return relationOf(principal, { patientId: 'p-lin', departments: ['CARD'], practitionerIds: ['dr-heart'] });
}

/** Every way to one document. */
function documentPaths(id: string, title: string): readonly string[] {
  const doc = `DocumentReference/${id}`;
  return [
    doc,
    `${doc}/_history/1`,
    `${doc}/_history`,
    `${doc}/$page?index=0&width=480`,
    `${doc}/$page-text?index=0`,
    `DocumentReference?_id=${id}&_elements=description`,
    `DocumentReference?identifier=urn:test:${id}`,
    `DocumentReference?description=${title}`,
    `DocumentReference?type:text=${title}`,
    `List?item=${doc}`,
    `Binary/bin-${id}`,
    `Binary?_id=bin-${id}`,
  ];
}

/** Every way to the documents of a record together. */
function recordPaths(record: string): readonly string[] {
  return [
    `DocumentReference?patient=p-lin&_count=200&_total=accurate`,
    `DocumentReference?patient.name=林&_count=200&_sort=-date`,
    `DocumentReference?encounter.status=finished&_count=200`,
    `List/${record}`,
    `List/${record}/_history/1`,
    `List/${record}/_history`,
    `List?_id=${record}&_include=List:item`,
    `Encounter?_id=enc-${record}&_revinclude=DocumentReference:encounter`,
    `Patient?_id=p-lin&_revinclude=List:patient&_revinclude=DocumentReference:patient`,
    `List/${record}/$record-manifest`,
    `List/${record}/$search-text?q=canary`,
  ];
}

/** Answers by path, without the parts that repeat the request. */
async function answersTo(go: TestUser, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  const keep = (path: string, text: string): void => void answers.set(path, text.replace(/"link":\[.*?\]/g, ''));
  for (const path of paths) keep(path, (await go(path)).text);
  const entry = paths.map((url) => ({ request: { method: 'GET', url } }));
  keep('batch', (await go('', { body: { resourceType: 'Bundle', type: 'batch', entry } })).text);
  return answers;
}

async function checkMatrix(people: readonly Principal[], rules: readonly PermissionRule[]): Promise<number> {
  const archive = new TestArchive({ pageService: fakePages(), policy: { rules } });
  await admit(archive, stays.archived, stays.sealed);
  let cases = 0;
  for (const principal of people) {
    const go = archive.as(principal);
    const relation = relationTo(principal);
    for (const [status, { recordId, documents }] of Object.entries(stays)) {
      const shared = await answersTo(go, recordPaths(recordId));
      for (const { id, title = '', labels: own = [] } of documents) {
        const recordStatus = status as 'archived' | 'sealed';
        const { decision } = decide({ roles: principal.roles, relation, labels: own, recordStatus }, rules);
        const direct = await answersTo(go, documentPaths(id, title));
        for (const [path, text] of [...shared, ...direct]) {
          cases += 1;
          const where = `${principal.roles.join()} ${relation} ${own.join()} ${recordStatus}: ${path}`;
          if (decision !== 'read') assert.equal(text.includes(`"${title}"`), false, `content leaks: ${where}`);
          if (decision !== 'read') assert.notEqual(text, title, `bytes leak: ${where}`);
          if (decision === 'hide') assert.equal(text.includes(id), false, `existence leaks: ${where}`);
        }
        const item = direct.get(`List?item=DocumentReference/${id}`) ?? '';
        if (decision === 'hide') assert.match(item, /"total":0/, `a guessed id is confirmed: ${id}`);
        if (decision === 'read') assert.ok(direct.get(`DocumentReference/${id}`)?.includes(title), `readable: ${id}`);
      }
    }
  }
  return cases;
}

test('no role sees by any path what the matrix does not let it see', async () => {
  assert.ok((await checkMatrix(people, permissionRules)) > 10_000);
});

test('a house with stricter rules hides documents inside records that can be read', async () => {
  const hiding: PermissionRule = {
    id: 'house-hides',
    roles: ['DOC', 'REC', 'PAT'],
    classes: ['sensitive', 'guarded'],
    decision: 'hide',
  };
  const readers = [user('DOC', { departments: ['CARD'] }), user('REC'), user('PAT', { patientId: 'p-lin' })];
  await checkMatrix(readers, [hiding, ...permissionRules]);
});

test('totals count exactly what the matrix lets a user know', async () => {
  const archive = new TestArchive();
  await admit(archive, stays.archived, stays.sealed);
  for (const principal of people) {
    const relation = relationTo(principal);
    let [known, read] = [0, 0];
    for (const [status, { documents }] of Object.entries(stays)) {
      for (const { labels: own = [] } of documents) {
        const recordStatus = status as 'archived' | 'sealed';
        const { decision } = decide({ roles: principal.roles, relation, labels: own, recordStatus });
        if (decision !== 'hide') known += 1;
        if (decision === 'read') read += 1;
      }
    }
    const go = archive.as(principal);
    const who = `${principal.roles.join()} ${relation}`;
    for (const query of ['type=C0007', 'patient=Patient/p-lin', 'encounter=enc-rec-a,enc-rec-s']) {
      assert.equal((await go(`DocumentReference?${query}&_summary=count`)).json['total'], known, `${who} ${query}`);
    }
    // What a document says may be matched only when it may be read.
    assert.equal((await go('DocumentReference?description=canary&_summary=count')).json['total'], read, who);
  }
});

test('taking a label away later does not open the past, and adding one closes the bytes at once', async () => {
  const archive = new TestArchive();
  await admit(archive, { ...heartStay, documents: [{ id: 'd', labels: ['HIV'], text: 'secret' }] });
  const go = archive.as(user('SYS'));
  const stranger = archive.as(user('QC1'));
  const relabel = async (version: number, code: string): Promise<void> => {
    const { json } = await go('DocumentReference/d');
    const body = { ...json, securityLabel: [{ coding: [{ code }] }] };
    const answer = await go('DocumentReference/d', { method: 'PUT', body, headers: { 'if-match': `W/"${version}"` } });
    assert.equal(answer.status, 200, answer.text);
  };
  assert.equal((await stranger('Binary/bin-d')).status, 403);
  await relabel(1, 'N');
  assert.equal((await stranger('DocumentReference/d/_history/2')).status, 200);
  assert.equal((await stranger('DocumentReference/d/_history/1')).status, 404);
  assert.equal((await stranger('DocumentReference/d/_history')).text.includes('"HIV"'), false);
  assert.equal((await stranger('Binary/bin-d')).status, 200);
  await relabel(2, 'CEL');
  assert.equal((await stranger('Binary/bin-d')).status, 403);
  assert.equal((await stranger('DocumentReference/d/_history/2')).status, 403);
});

test('moving a stay to another department moves the right to read it, bytes included', async () => {
  const archive = new TestArchive();
  await admit(archive, heartStay);
  const system = archive.as(user('SYS'));
  const neurologist = archive.as(user('DOC', { departments: ['NEUR'] }));
  assert.equal((await neurologist('Binary/bin-heart-lab')).status, 403);
  const { json } = await system('Encounter/enc-rec-heart');
  const body = { ...json, serviceType: { coding: [{ code: 'NEUR' }] } };
  await system('Encounter/enc-rec-heart', { method: 'PUT', body, headers: { 'if-match': 'W/"1"' } });
  assert.equal((await neurologist('Binary/bin-heart-lab')).status, 200);
  assert.equal((await neurologist('DocumentReference?_content=冠状')).json['total'], 1);
  assert.equal((await archive.as(user('DOC', { departments: ['CARD'] }))('Binary/bin-heart-lab')).status, 403);
});
