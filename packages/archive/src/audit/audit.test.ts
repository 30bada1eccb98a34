import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { objectsAt, stringAt, stringsAt } from '../fhir/json.js';
import type { FhirResource } from '../fhir/resource.js';
import type { Store } from '../store/store.js';
import { fakePages } from '../testing/fake-pages.js';
import { faultyStore } from '../testing/faults.js';
import { auditor, cardiologist, neurologist, system, user } from '../testing/people.js';
import { admit, brainStay, heartStay, sampleDocument } from '../testing/sample-hospital.js';
import { TestArchive } from '../testing/test-archive.js';

/** The events about one user, oldest first, in short. */
async function log(archive: TestArchive, userId: string): Promise<string[]> {
  const { json } = await archive.as(auditor)(`AuditEvent?agent=Practitioner/${userId}&_sort=_lastUpdated&_count=200`);
  return objectsAt(json, 'entry').map((entry) => {
    const outcome = stringAt(entry, 'resource.outcome') === '0' ? 'ok' : 'denied';
    const what = stringAt(entry, 'resource.entity.what.reference') ?? '-';
    return `${stringAt(entry, 'resource.subtype.code') ?? ''} ${outcome} ${what}`;
  });
}

describe('the access log', () => {
  it('holds every access, granted and denied', async () => {
    const archive = new TestArchive({ pageService: fakePages() });
    await admit(archive, heartStay, brainStay);
    const go = archive.as(cardiologist);
    for (const path of [
      ...[
        'DocumentReference/heart-lab',
        'DocumentReference/heart-lab/_history/1',
        'DocumentReference/heart-lab/_history',
      ],
      ...['Binary/bin-heart-lab', 'List/rec-heart/$record-manifest', 'List/rec-heart/$search-text?q=abc'],
      ...['DocumentReference/heart-lab/$page?index=0&width=480', 'DocumentReference/heart-lab/$page-text?index=0'],
      ...['DocumentReference?patient.name=林', 'DocumentReference/heart-vip/_history', 'Binary/bin-brain-note'],
    ]) {
      await go(path);
    }
    assert.deepEqual(await log(archive, 'dr-heart'), [
      'read ok DocumentReference/heart-lab/_history/1',
      'vread ok DocumentReference/heart-lab/_history/1',
      'history-instance ok DocumentReference/heart-lab',
      'read ok Binary/bin-heart-lab/_history/1',
      'record-manifest ok List/rec-heart/_history/1',
      'search-text ok List/rec-heart',
      'page-image ok DocumentReference/heart-lab/_history/1',
      'page-text ok DocumentReference/heart-lab/_history/1',
      'search-type ok Patient/p-lin',
      'history-instance denied DocumentReference/heart-vip',
      'read denied Binary/bin-brain-note',
    ]);
  });

  it('holds exactly one event for each accepted change, none for a refused one', async () => {
    const archive = new TestArchive();
    const go = archive.as(system);
    const body = { resourceType: 'Practitioner', id: 'a' };
    await go('Practitioner/a', { method: 'PUT', body });
    await go('Practitioner/a', { method: 'PUT', body });
    await go('Practitioner/a', { method: 'PUT', body, headers: { 'if-match': 'W/"1"' } });
    await go('Practitioner', { body: { resourceType: 'Practitioner', name: 1 } });
    const changes = (await log(archive, 'user-sys')).filter((line) => !line.startsWith('read'));
    assert.deepEqual(changes, ['create ok Practitioner/a/_history/1', 'update ok Practitioner/a/_history/2']);
  });

  it('holds what a conditional create gave back, and every change that was denied', async () => {
    const archive = new TestArchive();
    await admit(archive, heartStay, brainStay);
    const go = archive.as(cardiologist);
    const ifNoneExist = { 'if-none-exist': 'identifier=urn:ietf:rfc:3986|urn:test:heart-lab' };
    const document = sampleDocument(heartStay, { id: 'heart-lab' });
    assert.equal((await go('DocumentReference', { headers: ifNoneExist, body: document })).status, 200);
    const note = sampleDocument(brainStay, { id: 'brain-note' });
    const overwrite = { method: 'PUT', body: note, headers: { 'if-match': 'W/"1"' } };
    assert.equal((await go('DocumentReference/brain-note', overwrite)).status, 403);
    assert.equal((await go('Patient', { body: { resourceType: 'Patient' } })).status, 403);
    const qc = archive.as(user('QC1', { userId: 'qc' }));
    assert.equal((await qc('Binary', { headers: { 'content-type': 'image/png' }, body: 'x' })).status, 403);
    assert.deepEqual(await log(archive, 'dr-heart'), [
      'read ok DocumentReference/heart-lab/_history/1',
      'update denied DocumentReference/brain-note',
      'create denied -',
    ]);
    assert.deepEqual(await log(archive, 'qc'), ['create denied -']);
  });

  it('says which pages of a text were read', async () => {
    const archive = new TestArchive({ pageService: fakePages() });
    await admit(archive, heartStay);
    await archive.as(cardiologist)('DocumentReference/heart-lab/$page-text?from=0&to=1');
    const { json } = await archive.as(auditor)('AuditEvent?subtype=page-text');
    assert.deepEqual(stringsAt(json, 'entry.resource.entity.detail.valueString'), ['0-1']);
  });

  it('names user, purpose, patient and request, and is found by each', async () => {
    const heard: FhirResource[] = [];
    const archive = new TestArchive({ onAudit: (event) => heard.push(event) });
    await admit(archive, heartStay);
    const go = archive.as({ ...cardiologist, purpose: 'TREAT' });
    await go('DocumentReference/heart-lab', { headers: { 'x-request-id': 'req-1' } });
    const found = await archive.as(auditor)('AuditEvent?patient=p-lin&subtype=read&outcome=0');
    const [event] = objectsAt(found.json, 'entry.resource');
    assert.equal(stringAt(event, 'agent.who.display'), 'DOC');
    assert.equal(stringAt(event, 'purposeOfEvent.coding.code'), 'TREAT');
    assert.ok(stringsAt(event, 'entity.what.identifier.value').includes('req-1'));
    for (const query of [
      'entity=DocumentReference/heart-lab&subtype=read',
      'agent=dr-heart',
      'date=ge2020-01-01&action=R',
    ]) {
      assert.equal((await archive.as(auditor)(`AuditEvent?${query}`)).json['total'], 1, query);
    }
    assert.equal(heard.filter((one) => stringAt(one, 'subtype.code') === 'read').length, 1);
  });

  it('is for auditors only, and only grows', async () => {
    const archive = new TestArchive();
    await admit(archive, heartStay);
    const list = await archive.as(auditor)('AuditEvent?_count=1');
    const path = `AuditEvent/${stringAt(list.json, 'entry.resource.id') ?? ''}`;
    assert.equal((await archive.as(auditor)(path)).status, 200);
    for (const other of [cardiologist, system, user('SEC'), user('ADM'), user('REC')]) {
      assert.equal((await archive.as(other)(path)).status, 404, other.roles.join());
      assert.equal((await archive.as(other)('AuditEvent')).json['total'], 0, other.roles.join());
    }
    const body = { ...(await archive.as(auditor)(path)).json, outcome: '8' };
    const headers = { 'if-match': 'W/"1"' };
    assert.equal((await archive.as(system)(path, { method: 'PUT', body, headers })).status, 405);
    assert.equal((await archive.as(auditor)(path, { method: 'PUT', body, headers })).status, 403);
    assert.equal((await archive.as(system)(path, { method: 'DELETE' })).status, 405);
  });

  it('auditors see the log and no record', async () => {
    const archive = new TestArchive();
    await admit(archive, heartStay);
    const go = archive.as(auditor);
    assert.equal((await go('List/rec-heart')).status, 404);
    assert.equal((await go('DocumentReference')).json['total'], 0);
    assert.equal((await go('Patient')).json['total'], 0);
  });

  it('a read whose event cannot be stored is not answered', async () => {
    const sound = new TestArchive();
    await admit(sound, heartStay);
    const { store, fail } = faultyStore(sound.store);
    const go = new TestArchive({ store, blobs: sound.blobs }).as(cardiologist);
    fail('before-commit');
    const answer = await go('DocumentReference/heart-lab');
    assert.equal(answer.status, 500);
    assert.equal(answer.text.includes('检验报告'), false);
    assert.equal((await go('DocumentReference/heart-lab')).status, 200);
  });

  it('shares commits between readers that come together', async () => {
    const sound = new TestArchive();
    await admit(sound, heartStay);
    let commits = 0;
    const store: Store = new Proxy(sound.store, {
      get(target, name) {
        if (name === 'transaction') commits += 1;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const go = new TestArchive({ store, blobs: sound.blobs }).as(neurologist);
    await Promise.all(Array.from({ length: 40 }, () => go('DocumentReference/heart-lab')));
    assert.equal((await log(sound, 'dr-brain')).length, 40);
    assert.ok(commits < 20, `${commits} commits`);
  });
});
