// From the captured page to the archived document: store, uploads and submission against the reference archive.
import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { createArchiveClient, profiles, type ArchiveClient, type Transport } from '@anjuan/core';
import { createOutbox, openCaptureStore, type OutboxStore, type SubmissionReceipt } from '@anjuan/core/outbox';
import { createArchive, MemoryBlobStore, MemoryStore, type Principal } from '@anjuan/archive';
import { createTusUploads } from '@anjuan/archive/node';
import { admit, clerk, heartStay, system, TestArchive, user } from '@anjuan/archive/testing';

const TEST_BASE = 'http://archive.test/fhir';

let directory = '';
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'anjuan-capture-'));
});
after(() => rm(directory, { recursive: true, force: true }));

interface Desk {
  readonly archive: TestArchive;
  readonly client: ArchiveClient;
  readonly store: OutboxStore;
  /** Stands between client and archive. */
  wrap: (request: Request, next: Transport) => Promise<Response>;
  finish(): Promise<{ readonly receipt: SubmissionReceipt; readonly batchId: string }>;
  close(): void;
}

async function desk(options: {
  readonly principal?: Principal;
  readonly tus?: boolean;
  readonly status?: 'working' | 'archived';
}): Promise<Desk> {
  const { principal = clerk, tus = true, status = 'archived' } = options;
  const stores = { store: new MemoryStore(), blobs: new MemoryBlobStore() };
  const uploads = await createTusUploads({ directory, maxBytes: 20_000_000 });
  const archive = new TestArchive(stores);
  await admit(archive, { ...heartStay, status });
  const auth = { authenticate: () => Promise.resolve(principal) };
  const real = createArchive({ ...stores, auth, ...(tus && { uploadService: uploads }) });
  const made: Desk = {
    archive,
    client: createArchiveClient({
      baseUrl: TEST_BASE,
      transport: (request) => made.wrap(request, (next) => real.handle(next)),
    }),
    store: await openCaptureStore({ indexedDB: new IDBFactory(), locks: null, storage: null, channel: null }),
    wrap: (request, next) => next(request),
    finish: async () => {
      const { batchId } = await made.store.createBatch({ target: { recordId: heartStay.recordId } });
      for (const name of ['one', 'two', 'three']) {
        await made.store.addPage({
          batchId,
          pageId: crypto.randomUUID(),
          master: new Blob([name], { type: 'image/jpeg' }),
        });
      }
      const split = await made.store.updateBatch(batchId, (batch) => {
        const [first, second, third] = batch.documents.flatMap(({ pageIds }) => pageIds);
        assert.ok(first && second && third);
        const documents = [
          {
            documentId: crypto.randomUUID(),
            typeCode: 'C0026',
            title: '手术知情同意书',
            dateTime: '2026-03-05',
            pageIds: [second, first],
          },
          { documentId: crypto.randomUUID(), typeCode: 'L0001', pageIds: [third] },
        ];
        return { ...batch, documents };
      });
      const files = split.documents.map(({ documentId }) => ({
        documentId,
        file: new Blob([`%PDF-1.7 ${documentId}`], { type: 'application/pdf' }),
      }));
      return { batchId, receipt: await outbox.finish(batchId, { files, signal: AbortSignal.timeout(8_000) }) };
    },
    close: () => {
      outbox.close();
      made.store.close();
    },
  };
  const outbox = createOutbox({ store: made.store, client: made.client, channel: null, random: () => 0 });
  return made;
}

interface Fhir {
  readonly [name: string]: unknown;
}

async function resource(archive: TestArchive, path: string): Promise<Fhir> {
  const { status, json } = await archive.as(system)(path);
  assert.equal(status, 200, path);
  return json;
}

const references = (list: Fhir): string[] =>
  ((list['entry'] ?? []) as { item: { reference: string } }[]).map(({ item }) => item.reference);

async function total(archive: TestArchive, query: string): Promise<number> {
  return ((await resource(archive, query))['entry'] as unknown[] | undefined)?.length ?? 0;
}

for (const tus of [true, false]) {
  describe(`a batch submitted by ${tus ? 'tus' : 'binary-post'}`, () => {
    let made: Desk;
    let receipt: SubmissionReceipt;
    let batchId = '';
    before(async () => {
      made = await desk({ tus });
      ({ receipt, batchId } = await made.finish());
    });
    after(() => made.close());

    test('stands at the end of the stay, in order, and opens like any other document', async () => {
      const ids = receipt.documents.map(({ archivedId }) => archivedId);
      assert.deepEqual(
        references(await resource(made.archive, `List/${heartStay.recordId}`)).slice(-2),
        ids.map((id) => `DocumentReference/${id}`),
      );
      const record = await made.client.records.open(heartStay.recordId);
      const [consent, other] = record.documents.slice(-2);
      assert.equal(consent?.title, '手术知情同意书');
      assert.match(consent?.dateTime ?? '', /^2026-03-05T00:00:00/);
      assert.deepEqual([consent?.category.code, other?.category.code, other?.title], ['consent', 'other', '其他资料']);
      assert.ok(consent);
      const bytes = await made.client.documents.bytes(consent, consent.digest ? { digest: consent.digest } : {});
      assert.equal(await bytes.text(), `%PDF-1.7 ${receipt.documents[0]?.documentId}`);
    });

    test('keeps both hashes, the identifiers, and the profile of an archived document', async () => {
      const document = await resource(made.archive, `DocumentReference/${receipt.documents[0]?.archivedId}`);
      const [content] = document['content'] as { attachment: { hash: string; contentType: string } }[];
      const file = `%PDF-1.7 ${receipt.documents[0]?.documentId}`;
      assert.equal(content?.attachment.hash, createHash('sha1').update(file).digest('base64'));
      assert.deepEqual((document['meta'] as { profile: string[] }).profile, [profiles.archivedDocument]);
      assert.equal(
        (document['masterIdentifier'] as { value: string }).value,
        `urn:uuid:${receipt.documents[0]?.documentId}`,
      );
      assert.equal(await total(made.archive, `List?identifier=urn:ietf:rfc:3986|urn:uuid:${batchId}`), 1);
    });

    test('names the captured pages it was made of, in page order', async () => {
      const target = `DocumentReference/${receipt.documents[0]?.archivedId}`;
      const bundle = await resource(made.archive, `Provenance?target=${target}`);
      const [entry] = bundle['entry'] as { resource: { entity: { role: string; what: { reference: string } }[] } }[];
      const texts: string[] = [];
      for (const { role, what } of entry?.resource.entity ?? []) {
        assert.equal(role, 'source');
        texts.push((await made.archive.as(system)(what.reference)).text);
      }
      assert.deepEqual(texts, ['two', 'one']);
    });

    test('leaves nothing on this computer', async () => {
      assert.deepEqual([await made.store.batches(), await made.store.pages(batchId)], [[], []]);
    });
  });
}

const isSubmission = (request: Request): boolean => request.method === 'POST' && request.url === TEST_BASE;

test('when the answer is lost, the batch is submitted once', async () => {
  const made = await desk({});
  let lost = 0;
  made.wrap = async (request, next) => {
    const answer = await next(request);
    if (isSubmission(request) && (lost += 1) === 1) throw new TypeError('connection lost');
    return answer;
  };
  const { receipt } = await made.finish();
  assert.equal(new Set(references(await resource(made.archive, `List/${heartStay.recordId}`))).size, 6);
  assert.equal(await total(made.archive, `Provenance?target=DocumentReference/${receipt.documents[0]?.archivedId}`), 1);
  made.close();
});

test('when somebody else changes the stay first, both changes are kept', async () => {
  const made = await desk({});
  let raced = false;
  made.wrap = async (request, next) => {
    if (isSubmission(request) && !raced) {
      raced = true;
      const path = `List/${heartStay.recordId}`;
      const list = await resource(made.archive, path);
      const changed = { ...list, title: 'changed by somebody else' };
      const headers = { 'if-match': `W/"${(list['meta'] as { versionId: string }).versionId}"` };
      const answer = await made.archive.as(system)(path, { method: 'PUT', headers, body: changed as never });
      assert.equal(answer.status, 200);
    }
    return next(request);
  };
  await made.finish();
  const list = await resource(made.archive, `List/${heartStay.recordId}`);
  assert.deepEqual([list['title'], references(list).length], ['changed by somebody else', 6]);
  made.close();
});

test('a stay that is not archived yet gets working documents', async () => {
  const made = await desk({ status: 'working' });
  const { receipt } = await made.finish();
  const document = await resource(made.archive, `DocumentReference/${receipt.documents[0]?.archivedId}`);
  assert.deepEqual((document['meta'] as { profile: string[] }).profile, [profiles.workingDocument]);
  made.close();
});

test('documents of a stay that the clerk does not see stay in it', async () => {
  const made = await desk({});
  const before = references(await resource(made.archive, `List/${heartStay.recordId}`));
  await made.finish();
  const now = references(await resource(made.archive, `List/${heartStay.recordId}`));
  assert.deepEqual(now.slice(0, before.length), before);
  made.close();
});

for (const principal of [system, clerk]) {
  test(`who may submit: ${principal.roles.join()}`, async () => {
    const made = await desk({ principal });
    assert.equal((await made.finish()).receipt.documents.length, 2);
    made.close();
  });
}

for (const role of ['DOC', 'NUR']) {
  const treating: Principal = { ...user(role), userId: 'ward-1', departments: ['CARD'] };

  test(`who may submit: ${role} of the department while the patient stays, and not afterwards`, async () => {
    const ward = await desk({ principal: treating, status: 'working' });
    assert.equal((await ward.finish()).receipt.documents.length, 2);
    ward.close();
    const later = await desk({ principal: treating, status: 'archived' });
    await assert.rejects(later.finish(), { code: 'record-forbidden' });
    later.close();
  });
}

test('who may not write is told so, and every page is still there', async () => {
  for (const tus of [true, false]) {
    const made = await desk({ principal: user('QC1'), tus });
    await assert.rejects(made.finish(), { code: 'record-forbidden' });
    const [batch] = await made.store.batches();
    assert.equal(batch?.state, 'open');
    const pages = await made.store.pages(batch?.batchId ?? '');
    const texts = await Promise.all(
      pages.map(async ({ pageId }) => (await made.store.bytes(pageId, 'master'))?.text()),
    );
    assert.deepEqual(texts, ['one', 'two', 'three']);
    made.close();
  }
});

test('who may not see the stay is told that there is none', async () => {
  const made = await desk({ principal: user('SCAN') });
  await assert.rejects(made.finish(), { code: 'record-not-found' });
  made.close();
});
