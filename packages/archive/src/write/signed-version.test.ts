import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { objectsAt, stringAt, type JsonObject } from '../fhir/json.js';
import { auditor, cardiologist, clerk } from '../testing/people.js';
import { admit, brainStay, heartStay, type SampleStay } from '../testing/sample-hospital.js';
import { TestArchive, type TestUser } from '../testing/test-archive.js';

const documentId = 'heart-lab';

async function hospital(status: SampleStay['status'] = 'working'): Promise<TestArchive> {
  const archive = new TestArchive();
  await admit(archive, { ...heartStay, ...(status && { status }) }, brainStay);
  return archive;
}

/** The file of the document, followed by a signature. */
async function signedFile(user: TestUser, change: (text: string) => string = (text) => `${text} signature`) {
  const document = await user(`DocumentReference/${documentId}`);
  const file = await user(stringAt(document.json, 'content.attachment.url') ?? '');
  const body = new TextEncoder().encode(change(file.text));
  const stored = await user('Binary', { body, headers: { 'content-type': 'application/pdf' } });
  return { document, binary: stored.headers.get('location')?.match(/Binary\/[^/]+/)?.[0] ?? '' };
}

async function sign(user: TestUser, change?: (text: string) => string) {
  const { document, binary } = await signedFile(user, change);
  const version = document.headers.get('etag')?.match(/"(.+)"/)?.[1] ?? '';
  const body: JsonObject = {
    ...document.json,
    relatesTo: [{ code: 'signs', target: { reference: `DocumentReference/${documentId}/_history/${version}` } }],
    content: [{ attachment: { contentType: 'application/pdf', url: binary } }],
  };
  const headers = { 'if-match': document.headers.get('etag') ?? '' };
  return user(`DocumentReference/${documentId}`, { method: 'PUT', headers, body });
}

describe('a signed version of a document', () => {
  it('becomes the current one, keeps the unsigned one, and is on record as a signature', async () => {
    const archive = await hospital();
    assert.equal((await sign(archive.as(cardiologist))).status, 200);
    const history = await archive.as(clerk)(`DocumentReference/${documentId}/_history`);
    assert.equal(objectsAt(history.json, 'entry').length, 2);
    const log = await archive.as(auditor)('AuditEvent?subtype=sign');
    const [event] = objectsAt(log.json, 'entry.resource');
    assert.equal(objectsAt(log.json, 'entry').length, 1);
    const [signed] = objectsAt(event ?? {}, 'entity.what');
    assert.match(stringAt(signed ?? {}, 'reference') ?? '', /^DocumentReference\/heart-lab\/_history\/2$/);
  });

  it('must hold the earlier file byte for byte', async () => {
    const archive = await hospital();
    const changed = await sign(archive.as(cardiologist), (text) => `${text.replace(/.$/, '!')} signature`);
    assert.equal(changed.status, 422);
    assert.equal((await sign(archive.as(cardiologist), (text) => text.slice(0, -1))).status, 422);
    assert.equal((await sign(archive.as(cardiologist), (text) => text)).status, 422);
    const history = await archive.as(clerk)(`DocumentReference/${documentId}/_history`);
    assert.equal(objectsAt(history.json, 'entry').length, 1);
  });

  it('cannot name a file that is not stored', async () => {
    const archive = await hospital();
    const user = archive.as(cardiologist);
    const document = await user(`DocumentReference/${documentId}`);
    const body: JsonObject = {
      ...document.json,
      relatesTo: [{ code: 'signs', target: { reference: `DocumentReference/${documentId}/_history/1` } }],
      content: [{ attachment: { contentType: 'application/pdf', url: 'Binary/none' } }],
    };
    const headers = { 'if-match': document.headers.get('etag') ?? '' };
    assert.equal((await user(`DocumentReference/${documentId}`, { method: 'PUT', headers, body })).status, 422);
  });

  it('is not for the ward once the record is archived', async () => {
    const archive = await hospital('archived');
    assert.equal((await sign(archive.as(cardiologist))).status, 403);
    assert.equal((await sign(archive.as(clerk))).status, 200);
  });
});
