// From the signed file to the new version in the archive: one transaction, at once or not at all.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AnjuanError, createArchiveClient, type Transport } from '@anjuan/core';
import { storeSignedVersion } from '@anjuan/core/outbox';
import { createArchive, MemoryBlobStore, MemoryStore, type Principal } from '@anjuan/archive';
import { admit, cardiologist, clerk, heartStay, system, TestArchive } from '@anjuan/archive/testing';

const base = 'http://archive.test/fhir';
const documentId = 'heart-lab';
const signatures = [{ kind: 'seal', fieldName: 'Signature1', byteRange: [0, 10, 20, 5] }] as const;

async function hospital(principal: Principal = cardiologist) {
  const stores = { store: new MemoryStore(), blobs: new MemoryBlobStore() };
  const archive = new TestArchive(stores);
  await admit(archive, { ...heartStay, status: 'working' });
  const real = createArchive({ ...stores, auth: { authenticate: () => Promise.resolve(principal) } });
  const handle: Transport = (request) => real.handle(request);
  const wire = { wrap: (request: Request, next: Transport) => next(request) };
  const client = createArchiveClient({ baseUrl: base, transport: (request) => wire.wrap(request, handle) });
  const [current] = await client.documents.versions(documentId);
  assert.ok(current);
  const original = await client.documents.bytes(current);
  const file = new Blob([original, ' signature'], { type: 'application/pdf' });
  const signed = { documentId, versionId: current.versionId, file, signatures, signer: { display: '测试医师' } };
  return { archive, client, signed, wire };
}

interface Provenance {
  readonly target: readonly { readonly reference: string }[];
  readonly entity: readonly { readonly what: { readonly reference: string } }[];
  readonly signature: readonly { readonly extension: readonly { readonly extension: readonly unknown[] }[] }[];
}

describe('storing a signed version', () => {
  test('makes it the current one, marked signed, with evidence of who signed and where in the file', async () => {
    const { archive, client, signed } = await hospital();
    const versionId = await storeSignedVersion(client, signed);
    const [now, before] = await client.documents.versions(documentId);
    assert.deepEqual([now?.versionId, before?.versionId], [versionId, signed.versionId]);
    assert.equal(await (await client.documents.bytes({ documentId, versionId })).text(), await signed.file.text());
    const manifest = await client.records.open(heartStay.recordId);
    assert.equal(manifest.documents.find((document) => document.documentId === documentId)?.signed, true);
    const found = await archive.as(system)(`Provenance?target=DocumentReference/${documentId}`);
    const bundle = JSON.parse(found.text) as { readonly entry: readonly { readonly resource: Provenance }[] };
    const [evidence] = bundle.entry.map(({ resource }) => resource).filter(({ signature }) => signature !== undefined);
    assert.equal(evidence?.entity[0]?.what.reference, `DocumentReference/${documentId}/_history/${signed.versionId}`);
    assert.deepEqual(evidence?.signature[0]?.extension[0]?.extension, [
      { url: 'field', valueString: 'Signature1' },
      { url: 'byteRange', valueString: '0 10 20 5' },
    ]);
  });

  test('is done once, also when the answer is lost', async () => {
    const { client, signed, wire } = await hospital();
    wire.wrap = async (request, next) => {
      const response = await next(request);
      if (request.method === 'POST' && new URL(request.url).pathname === '/fhir')
        throw new TypeError('connection lost');
      return response;
    };
    const versionId = await storeSignedVersion(client, signed);
    wire.wrap = (request, next) => next(request);
    assert.equal(await storeSignedVersion(client, signed), versionId);
    assert.equal((await client.documents.versions(documentId)).length, 2);
  });

  test('is not queued: without a network it fails, and nothing is stored', async () => {
    const { client, signed, wire } = await hospital();
    wire.wrap = (request, next) =>
      request.method === 'GET' ? next(request) : Promise.reject(new TypeError('no network'));
    await assert.rejects(storeSignedVersion(client, signed), (error) =>
      AnjuanError.from(error).code.startsWith('network-'),
    );
    wire.wrap = (request, next) => next(request);
    assert.equal((await client.documents.versions(documentId)).length, 1);
  });

  test('refuses a file that is not the earlier one with something behind it, and a stale version', async () => {
    const { client, signed } = await hospital();
    const other = new Blob(['another file altogether, long enough to hold the first'], { type: 'application/pdf' });
    const code = (wanted: string) => (error: unknown) => AnjuanError.from(error).code === wanted;
    await assert.rejects(storeSignedVersion(client, { ...signed, file: other }), code('integrity-mismatch'));
    await storeSignedVersion(client, signed);
    const again = new Blob([signed.file, ' second signature'], { type: 'application/pdf' });
    await assert.rejects(storeSignedVersion(client, { ...signed, file: again }), code('version-conflict'));
  });

  test('is refused to those who may not write the document', async () => {
    const { client, signed } = await hospital({ ...clerk, roles: ['QC1'] });
    await assert.rejects(
      storeSignedVersion(client, signed),
      (error) => AnjuanError.from(error).code === 'record-forbidden',
    );
  });
});
