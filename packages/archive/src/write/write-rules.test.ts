import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { permissionRules } from '@anjuan/core';
import { objectsAt, stringAt, stringsAt, type JsonObject } from '../fhir/json.js';
import { cardiologist, clerk, neurologist, system } from '../testing/people.js';
import { admit, brainStay, heartStay, sampleDocument } from '../testing/sample-hospital.js';
import { TEST_BASE, TestArchive } from '../testing/test-archive.js';

async function hospital(): Promise<TestArchive> {
  const archive = new TestArchive();
  await admit(archive, heartStay, brainStay);
  return archive;
}

/** A document of the heart stay whose bytes are somebody else's. */
function borrowing(binaryId: string): JsonObject {
  const document = sampleDocument(heartStay, { id: 'heart-extra' });
  return { ...document, content: [{ attachment: { contentType: 'application/pdf', url: `Binary/${binaryId}` } }] };
}

describe('the log', () => {
  it('takes no entry from a person, so nobody can act in another name', async () => {
    const archive = await hospital();
    const event = {
      resourceType: 'AuditEvent',
      type: { code: 'rest' },
      recorded: '2026-03-02T09:00:00+08:00',
      agent: [{ who: { reference: 'Practitioner/somebody-else' }, requestor: true }],
      source: { observer: { display: 'forged' } },
    };
    for (const person of [cardiologist, clerk]) {
      assert.equal((await archive.as(person)('AuditEvent', { body: event })).status, 403);
    }
  });
});

describe('bytes of a document', () => {
  it('cannot be taken from a document that the writer may not read', async () => {
    const archive = await hospital();
    const doctor = archive.as(cardiologist);
    for (const binaryId of ['bin-brain-note', 'bin-missing']) {
      const answer = await doctor('DocumentReference/heart-extra', { method: 'PUT', body: borrowing(binaryId) });
      assert.equal(answer.status, 422, binaryId);
      assert.equal(stringAt(answer.json, 'issue.diagnostics'), 'The attachment names a Binary that is not stored.');
    }
    assert.equal((await doctor('Binary/bin-brain-note')).status, 403);
    assert.equal((await archive.as(neurologist)('Binary/bin-brain-note')).status, 200);
  });

  it('may be shared with what the writer reads or has uploaded', async () => {
    const doctor = (await hospital()).as(cardiologist);
    const upload = await doctor('Binary', {
      body: { resourceType: 'Binary', contentType: 'application/pdf', data: '' },
    });
    const own = stringAt(upload.json, 'id') ?? '';
    for (const [id, binaryId] of [
      ['extra-1', 'bin-heart-lab'],
      ['extra-2', own],
    ] as const) {
      const document = { ...borrowing(binaryId), id, masterIdentifier: { value: `urn:test:${id}` } };
      assert.equal((await doctor(`DocumentReference/${id}`, { method: 'PUT', body: document })).status, 201, binaryId);
    }
  });

  it('never change once a document names them', async () => {
    const go = (await hospital()).as(system);
    const before = await go('Binary/bin-heart-lab', { headers: { accept: 'application/fhir+json' } });
    const put = (data: string, contentType: string) =>
      go('Binary/bin-heart-lab', {
        method: 'PUT',
        headers: { 'if-match': before.headers.get('etag') ?? '' },
        body: { resourceType: 'Binary', id: 'bin-heart-lab', contentType, data },
      });
    const answer = await put(btoa('other bytes'), 'application/pdf');
    assert.equal(answer.status, 422);
    assert.equal(stringAt(answer.json, 'issue.details.coding.code'), 'integrity-mismatch');
    assert.equal((await go('Binary/bin-heart-lab')).text, 'bytes of heart-lab');
    assert.equal((await put(btoa('bytes of heart-lab'), 'text/plain')).status, 200);
  });
});

const create = (fullUrl: string, resource: JsonObject, more: JsonObject = {}): JsonObject => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: stringAt(resource, 'resourceType') ?? '', ...more },
});

describe('one bundle', () => {
  it('cannot bring one masterIdentifier twice', async () => {
    const go = (await hospital()).as(system);
    const { id: _id, ...document } = sampleDocument(heartStay, { id: 'new-doc' });
    const copy = { ...document, content: [{ attachment: {} }] };
    const body = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [create('urn:uuid:1', copy), create('urn:uuid:2', copy)],
    };
    const answer = await go('', { body });
    assert.equal(answer.status, 400, answer.text);
    const found = await go('DocumentReference?identifier=urn:test:new-doc&_summary=count');
    assert.equal(found.json['total'], 0);
  });

  it('cannot create twice under one condition', async () => {
    const go = (await hospital()).as(system);
    const person = { resourceType: 'Practitioner', identifier: [{ system: 'urn:t', value: 'x' }] };
    const condition = { ifNoneExist: 'identifier=urn:t|x' };
    const entry = [create('urn:uuid:1', person, condition), create('urn:uuid:2', person, condition)];
    assert.equal((await go('', { body: { resourceType: 'Bundle', type: 'transaction', entry } })).status, 400);
    assert.equal((await go('Practitioner?identifier=urn:t|x&_summary=count')).json['total'], 0);
  });
});

describe('references', () => {
  it('by the whole address of this archive count as its own', async () => {
    const go = (await hospital()).as(system);
    const document = sampleDocument(heartStay, { id: 'by-address' });
    const body = {
      ...document,
      subject: { reference: `${TEST_BASE}/Patient/p-lin` },
      content: [{ attachment: { contentType: 'application/pdf', url: `${TEST_BASE}/Binary/bin-heart-lab`, size: 1 } }],
    };
    const wrongSize = await go('DocumentReference/by-address', { method: 'PUT', body });
    assert.equal(wrongSize.status, 422, 'the bytes are checked');
    const good = { ...body, content: [{ attachment: { url: `${TEST_BASE}/Binary/bin-heart-lab` } }] };
    assert.equal((await go('DocumentReference/by-address', { method: 'PUT', body: good })).status, 201);
    const found = await go('DocumentReference?patient=p-lin&_id=by-address&_include=DocumentReference:patient');
    assert.deepEqual(stringsAt(found.json, 'entry.resource.id'), ['by-address', 'p-lin']);
  });
});

describe('a list', () => {
  it('keeps the entries that its writer does not see', async () => {
    const rules = permissionRules.filter(({ id }) => id !== 'record-room-two-person');
    const archive = new TestArchive({ policy: { rules } });
    await admit(archive, heartStay);
    const asSystem = archive.as(system);
    const hidden = { ...sampleDocument(heartStay, { id: 'heart-hidden', labels: ['CEL'] }) };
    await asSystem('DocumentReference/heart-hidden', {
      method: 'PUT',
      body: { ...hidden, content: [{ attachment: {} }] },
    });
    const list = await asSystem('List/rec-heart');
    const entry = [...objectsAt(list.json, 'entry'), { item: { reference: 'DocumentReference/heart-hidden' } }];
    const etag = (answer: { headers: Headers }) => ({ 'if-match': answer.headers.get('etag') ?? '' });
    await asSystem('List/rec-heart', { method: 'PUT', headers: etag(list), body: { ...list.json, entry } });
    const seen = await archive.as(clerk)('List/rec-heart');
    assert.ok(!seen.text.includes('heart-hidden'), 'the clerk does not see it');
    const body = { ...seen.json, title: '更正' };
    const answer = await archive.as(clerk)('List/rec-heart', { method: 'PUT', headers: etag(seen), body });
    assert.equal(answer.status, 200, answer.text);
    assert.ok(!answer.text.includes('heart-hidden'));
    const after = await asSystem('List/rec-heart');
    assert.ok(stringsAt(after.json, 'entry.item.reference').includes('DocumentReference/heart-hidden'));
  });
});

describe('a patch', () => {
  it('that copies until the content explodes is refused', async () => {
    const go = (await hospital()).as(system);
    const before = await go('DocumentReference/heart-lab');
    const grow = Array.from({ length: 30 }, () => ({ op: 'copy', from: '/extension', path: '/extension/-' }));
    const answer = await go('DocumentReference/heart-lab', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json-patch+json', 'if-match': before.headers.get('etag') ?? '' },
      body: [{ op: 'add', path: '/extension', value: [{ url: 'urn:x' }, { url: 'urn:y' }] }, ...grow],
    });
    assert.equal(answer.status, 422, answer.text.slice(0, 200));
  });
});
