import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { objectsAt, stringAt, type JsonObject } from '../fhir/json.js';
import { cardiologist, clerk, neurologist } from '../testing/people.js';
import { admit, brainStay, heartStay, sampleDocument, type SampleStay } from '../testing/sample-hospital.js';
import { TestArchive, type TestUser } from '../testing/test-archive.js';

async function hospital(status: SampleStay['status']): Promise<TestArchive> {
  const archive = new TestArchive();
  await admit(archive, { ...heartStay, ...(status && { status }) }, brainStay);
  return archive;
}

async function uploaded(user: TestUser, text: string): Promise<string> {
  const body = { resourceType: 'Binary', contentType: 'image/jpeg', data: btoa(text) };
  return `Binary/${stringAt((await user('Binary', { body })).json, 'id') ?? ''}`;
}

/** The stay's list with one more document, as a ward screen writes it. */
async function append(user: TestUser, documentId: string): Promise<number> {
  const list = await user('List/rec-heart');
  const entry = [...objectsAt(list.json, 'entry'), { item: { reference: `DocumentReference/${documentId}` } }];
  const headers = { 'if-match': list.headers.get('etag') ?? '' };
  return (await user('List/rec-heart', { method: 'PUT', headers, body: { ...list.json, entry } })).status;
}

function provenance(documentId: string, masters: readonly string[]): JsonObject {
  return {
    resourceType: 'Provenance',
    target: [{ reference: `DocumentReference/${documentId}` }],
    recorded: '2026-03-05T10:00:00+08:00',
    agent: [{ who: { reference: 'Practitioner/dr-heart' } }],
    entity: masters.map((reference) => ({ role: 'source', what: { reference } })),
  };
}

async function submit(user: TestUser, id: string, sources?: readonly string[]): Promise<number> {
  const file = await uploaded(user, `pdf of ${id}`);
  const document = sampleDocument(heartStay, { id });
  const content = [{ attachment: { contentType: 'application/pdf', url: file } }];
  await user(`DocumentReference/${id}`, { method: 'PUT', body: { ...document, content } });
  return sources ? (await user('Provenance', { body: provenance(id, sources) })).status : 201;
}

describe('pages scanned into a stay', () => {
  it('are added by the treating ward while the patient stays, by the record room afterwards', async () => {
    const ward = await hospital('working');
    await submit(ward.as(cardiologist), 'heart-consent');
    assert.equal(await append(ward.as(cardiologist), 'heart-consent'), 200);
    const archived = await hospital('archived');
    await submit(archived.as(cardiologist), 'heart-consent');
    assert.equal(await append(archived.as(cardiologist), 'heart-consent'), 403);
    assert.equal(await append(archived.as(clerk), 'heart-consent'), 200);
  });

  it('keep their colour originals for the readers of the document, and for nobody else', async () => {
    const archive = await hospital('working');
    const doctor = archive.as(cardiologist);
    const master = await uploaded(doctor, 'colour master');
    assert.notEqual((await archive.as(clerk)(master)).status, 200, 'an unlinked upload is its maker’s');
    assert.equal(await submit(doctor, 'heart-consent', [master]), 201);
    assert.equal((await archive.as(clerk)(master)).text, 'colour master');
    assert.notEqual((await archive.as(neurologist)(master)).status, 200);
  });

  it('cannot be used to read what somebody else uploaded', async () => {
    const archive = await hospital('working');
    const foreign = await uploaded(archive.as(neurologist), 'private');
    assert.equal(await submit(archive.as(cardiologist), 'heart-consent', [foreign]), 422);
    assert.notEqual((await archive.as(cardiologist)(foreign)).status, 200);
  });
});
