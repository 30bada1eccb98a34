import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import { Computer, pageBlob } from '../../../test-support/capture-computer.js';
import { FakeRecords } from '../../../test-support/fake-records.js';
import { FakeUploadArchive, UPLOAD_BASE } from '../../../test-support/fake-upload-archive.js';
import { createArchiveClient } from '../../client/create-archive-client.js';
import { AnjuanError } from '../../errors/anjuan-error.js';
import { captureError } from '../../errors/capture-codes.js';
import { ManualClock } from '../../testing/manual-clock.js';
import type { OutboxStore } from '../store/outbox-store.js';
import type { Outbox, OutboxStatus, SubmissionReceipt } from '../types.js';
import { createOutbox, type OutboxOptions } from './create-outbox.js';

let archive: FakeUploadArchive;
let records: FakeRecords;
let clock: ManualClock;
let computer: Computer;
let store: OutboxStore;
let open: Outbox[];
let token: string | null;
let line: { online: boolean; tell: (online: boolean) => void };

beforeEach(async () => {
  archive = new FakeUploadArchive();
  records = new FakeRecords();
  archive.other = (request, path) => records.answer(request, path);
  clock = new ManualClock();
  computer = new Computer();
  store = await computer.open();
  open = [];
  token = 'token';
  line = { online: true, tell: () => undefined };
});
afterEach(() => open.forEach((one) => one.close()));

function outbox(options: Partial<OutboxOptions> = {}): Outbox {
  const client = createArchiveClient({
    baseUrl: UPLOAD_BASE,
    transport: archive.transport,
    getToken: () => token,
    clock,
    random: () => 0,
  });
  const network = {
    online: () => line.online,
    watch: (listener: (online: boolean) => void) => {
      line.tell = (online) => {
        line.online = online;
        listener(online);
      };
      return () => undefined;
    },
  };
  const made = createOutbox({ store, client, clock, random: () => 0.5, network, channel: null, ...options });
  open.push(made);
  return made;
}

/** Lets everything move, time included, until it holds. */
async function until(condition: () => boolean | Promise<boolean>, stepMs = 500): Promise<void> {
  for (let turns = 0; turns < 2000; turns += 1) {
    for (let each = 0; each < 4; each += 1) await new Promise((resolve) => setImmediate(resolve));
    if (await condition()) return;
    await clock.advance(stepMs);
  }
  assert.fail('it never came to be');
}

async function settled<T>(promise: Promise<T>): Promise<T> {
  let done = false;
  promise.then(
    () => (done = true),
    () => (done = true),
  );
  await until(() => done);
  return promise;
}

async function scan(...texts: readonly string[]): Promise<string> {
  const { batchId } = await store.createBatch({ target: { recordId: 'r1' } });
  for (const text of texts) await store.addPage({ batchId, pageId: `${batchId}-${text}`, master: pageBlob(text) });
  await store.updateBatch(batchId, (batch) => ({
    ...batch,
    documents: batch.documents.map((document) => ({ ...document, typeCode: 'C0026', title: '知情同意书' })),
  }));
  return batchId;
}

async function filesOf(batchId: string): Promise<{ documentId: string; file: Blob }[]> {
  const documents = (await store.batch(batchId))?.documents ?? [];
  return documents.map(({ documentId }) => ({ documentId, file: new Blob(['pdf'], { type: 'application/pdf' }) }));
}

const finish = async (box: Outbox, batchId: string): Promise<SubmissionReceipt> =>
  settled(box.finish(batchId, { files: await filesOf(batchId) }));
const stored = (): string[] => [...archive.binaries.values()].map(({ bytes }) => bytes.toString());
const states = async (batchId: string): Promise<string[]> => (await store.pages(batchId)).map(({ state }) => state);
const fail = (status: number, match: (request: Request) => boolean = () => true): void => {
  archive.fault = (request) => (match(request) ? new Response(null, { status }) : undefined);
};
const isPatch = ({ method }: Request): boolean => method === 'PATCH';

test('masters go out in the order of capture while scanning goes on; local originals stay to be worked on', async () => {
  const box = outbox();
  box.start();
  const batchId = await scan('one', 'two', 'three');
  await until(() => box.status.uploadedPages === 3);
  assert.deepEqual(stored().sort(), ['one', 'three', 'two']);
  assert.equal(stored()[0], 'one');
  assert.deepEqual(await states(batchId), ['acknowledged', 'acknowledged', 'acknowledged']);
  assert.equal(await (await store.bytes(`${batchId}-one`, 'master'))?.text(), 'one');
  await until(() => box.status.phase === 'idle');
  assert.deepEqual(box.status, { phase: 'idle', storedPages: 3, uploadedPages: 3, storedBytes: 11, uploadedBytes: 11 });
});

test('finishing submits one transaction: documents of the stay, sources in page order; then nothing is left here', async () => {
  const box = outbox({ submitter: { display: '扫描员' } });
  const batchId = await scan('one', 'two');
  const receipt = await finish(box, batchId);
  const [transaction] = records.transactions;
  assert.equal(records.transactions.length, 1);
  assert.deepEqual(
    transaction?.entry.map(({ request }) => `${request.method} ${request.url}`),
    ['POST List', 'POST DocumentReference', 'POST Provenance', 'PUT List/r1'],
  );
  const sources = transaction?.entry[2]?.resource['entity'] as { what: { reference: string } }[];
  const bytesOf = ({ what }: { what: { reference: string } }): string | undefined =>
    archive.binaries.get(what.reference.replace('Binary/', ''))?.bytes.toString();
  assert.deepEqual(sources.map(bytesOf), ['one', 'two']);
  assert.deepEqual([receipt.recordId, receipt.documents[0]?.archivedId], ['r1', 'doc-1']);
  assert.deepEqual([await store.batches(), await store.pages(batchId)], [[], []]);
  assert.deepEqual(await settled(box.finish(batchId)), receipt, 'finishing twice is finishing once');
  assert.equal(records.transactions.length, 1);
});

test('masters may stay here: then no source is named and none is sent', async () => {
  const box = outbox({ masters: 'local' });
  await finish(box, await scan('one'));
  assert.deepEqual(stored(), ['pdf']);
  assert.equal(records.transactions[0]?.entry[2]?.resource['entity'], undefined);
});

test('a killed tab: the next one finishes by itself, with no files given', async () => {
  const first = outbox();
  const batchId = await scan('one', 'two');
  fail(503, isPatch);
  const lost = first.finish(batchId, { files: await filesOf(batchId) });
  lost.catch(() => undefined);
  await until(() => first.status.phase === 'waiting');
  first.close();
  await assert.rejects(lost, { code: 'aborted' });
  store.close();
  computer.locks.crash();
  archive.fault = undefined;
  store = await computer.open();
  const second = outbox();
  second.start();
  await until(async () => (await store.batch(batchId))?.state === 'submitted');
  assert.equal((await second.finish(batchId)).documents.length, 1);
  assert.deepEqual([...stored()].sort(), ['one', 'pdf', 'two']);
});

test('a lost answer to the submission does not submit twice', async () => {
  const box = outbox();
  let lost = 0;
  archive.fault = (request, path) =>
    request.method === 'POST' && path === '' && (lost += 1) === 1 ? 'after' : undefined;
  const receipt = await finish(box, await scan('one'));
  assert.deepEqual([records.transactions.length, receipt.documents[0]?.archivedId], [1, 'doc-1']);
  assert.deepEqual(records.folder.entry, [{ item: { reference: 'DocumentReference/doc-1' } }]);
});

test('somebody else changes the stay meanwhile: it is read again, and both changes are there', async () => {
  records.onTransaction = () => {
    records.onTransaction = undefined;
    records.addEntry('DocumentReference/other');
  };
  await finish(outbox(), await scan('one'));
  assert.deepEqual(
    records.folder.entry.map(({ item }) => item.reference),
    ['DocumentReference/other', 'DocumentReference/doc-1'],
  );
});

test('a dead line is waited out, longer each time; the browser’s word for it is shown', async () => {
  const box = outbox();
  const waits: (number | undefined)[] = [];
  box.watch((status) => status.phase === 'waiting' && waits.push(status.nextTryInMs));
  archive.fault = () => {
    throw new TypeError('no line');
  };
  const batchId = await scan('one');
  box.start();
  await until(() => waits.length >= 4);
  assert.deepEqual(waits.slice(0, 4), [500, 1000, 2000, 4000]);
  line.tell(false);
  await until(() => box.status.phase === 'offline');
  archive.fault = undefined;
  line.tell(true);
  await until(() => box.status.uploadedPages === 1, 0);
  assert.deepEqual(await states(batchId), ['acknowledged']);
});

test('an expired sign-in stops everything until the user is back', async () => {
  const box = outbox();
  const batchId = await scan('one');
  token = null;
  fail(401);
  box.start();
  await until(() => box.status.phase === 'sign-in');
  assert.ok(AnjuanError.is(box.status.error));
  const { length } = archive.seen;
  await clock.advance(59_000);
  assert.equal(archive.seen.length, length, 'nothing is tried meanwhile');
  archive.fault = undefined;
  token = 'fresh';
  box.wake();
  await until(() => box.status.uploadedPages === 1);
  assert.deepEqual(await states(batchId), ['acknowledged']);
});

test('an upload that the archive calls wrong every time is given back, not tried for ever', async () => {
  const box = outbox();
  const batchId = await scan('one');
  fail(400, isPatch);
  box.start();
  const finished = box.finish(batchId, { files: await filesOf(batchId) });
  finished.catch(() => undefined);
  await until(() => box.status.phase === 'refused');
  await assert.rejects(finished, { code: 'protocol-invalid' });
  assert.equal((await store.batch(batchId))?.state, 'open');
});

test('a sign-in that the host renewed silently is found within a minute', async () => {
  const box = outbox();
  await scan('one');
  token = null;
  fail(401);
  box.start();
  await until(() => box.status.phase === 'sign-in');
  archive.fault = undefined;
  token = 'fresh';
  await clock.advance(60_000);
  await until(() => box.status.uploadedPages === 1);
});

test('a page the archive refuses waits for a person and holds up no other; finishing says so and gives the batch back', async () => {
  const box = outbox();
  const batchId = await scan('one', 'too large', 'three');
  const isLarge = ({ method, headers }: Request): boolean => method === 'POST' && headers.get('upload-length') === '9';
  fail(413, isLarge);
  box.start();
  await until(() => box.status.phase === 'refused');
  assert.deepEqual(await states(batchId), ['acknowledged', 'queued', 'acknowledged']);
  assert.equal(box.status.error?.code, 'upload-refused');
  await assert.rejects(finish(box, batchId), { code: 'upload-refused' });
  assert.equal((await store.batch(batchId))?.state, 'open');
  archive.fault = undefined;
  assert.equal((await finish(box, batchId)).documents.length, 1);
});

test('an upload that the archive forgot starts again', async () => {
  const box = outbox();
  let patches = 0;
  archive.fault = (request) => {
    if (!isPatch(request) || (patches += 1) > 1) return undefined;
    archive.forget();
    return new Response(null, { status: 404 });
  };
  await scan('one');
  box.start();
  await until(() => box.status.uploadedPages === 1);
  assert.deepEqual(stored(), ['one']);
});

test('bytes that never arrive whole are given up after a few tries, and finishing says so', async () => {
  const box = outbox();
  archive.checksums = '';
  archive.fault = (request) => (isPatch(request) ? 'damage' : undefined);
  const batchId = await scan('one');
  await assert.rejects(finish(box, batchId), { code: 'integrity-mismatch' });
  assert.equal(await (await store.bytes(`${batchId}-one`, 'master'))?.text(), 'one', 'the original stays');
});

test('a stay that refuses the content gives the batch back with everything in it', async () => {
  const box = outbox();
  const batchId = await scan('one');
  fail(422, ({ method, url }) => method === 'POST' && url.endsWith('/fhir'));
  await assert.rejects(finish(box, batchId), { code: 'validation-failed' });
  const batch = await store.batch(batchId);
  assert.deepEqual([batch?.state, batch?.documents[0]?.pageIds.length], ['open', 1]);
});

test('an original that was damaged on this disk is told, once and for all; the other pages go', async () => {
  const batchId = await scan('one', 'two');
  const damaged: OutboxStore = {
    ...store,
    bytes: (pageId, kind) =>
      pageId.endsWith('one')
        ? Promise.reject(new AnjuanError('integrity-mismatch', { retryable: false }))
        : store.bytes(pageId, kind),
  };
  const box = outbox({ store: damaged });
  box.start();
  await until(() => box.status.phase === 'refused');
  assert.equal(box.status.error?.code, 'integrity-mismatch');
  assert.deepEqual(await states(batchId), ['queued', 'acknowledged']);
});

test('pages leave a disk that takes no more notes', async () => {
  await scan('one');
  const full: OutboxStore = { ...store, noteUpload: () => Promise.reject(captureError('storage-full')) };
  const box = outbox({ store: full });
  box.start();
  await until(() => box.status.uploadedPages === 1);
});

test('when the host closes the client, uploading rests instead of spinning', async () => {
  const client = createArchiveClient({ baseUrl: UPLOAD_BASE, transport: archive.transport });
  const box = outbox({ client });
  client.close();
  const batchId = await scan('one');
  box.start();
  await until(() => box.status.phase === 'sign-in');
  assert.equal(box.status.error?.code, 'client-closed');
  assert.deepEqual(await states(batchId), ['queued']);
});

test('a batch that is not complete is not finished', async () => {
  const { batchId } = await store.createBatch();
  await assert.rejects(outbox().finish(batchId), { code: 'batch-incomplete' });
  await assert.rejects(outbox().finish('nobody'), { code: 'batch-not-found' });
});

test('waiting can be given up; the submission goes on', async () => {
  const box = outbox();
  const batchId = await scan('one');
  const controller = new AbortController();
  const waiting = box.finish(batchId, { files: await filesOf(batchId), signal: controller.signal });
  controller.abort();
  await assert.rejects(waiting, { code: 'aborted' });
  assert.equal((await settled(box.finish(batchId))).documents.length, 1);
});

test('a removed page is not sent; restored, it is', async () => {
  const box = outbox();
  const batchId = await scan('one', 'two');
  await store.removePage(`${batchId}-one`);
  box.start();
  await until(() => box.status.phase === 'idle' && box.status.uploadedPages === 1);
  assert.deepEqual([stored(), box.status.storedPages], [['two'], 1]);
  await store.restorePage(`${batchId}-one`);
  await until(() => box.status.uploadedPages === 2);
});

test('of two tabs one uploads, both know how it goes, and either may wake it', async () => {
  const [left, right] = channelPair();
  const first = outbox({ channel: () => left });
  first.start();
  const other = outbox({ channel: () => right });
  other.start();
  fail(503);
  const seen: OutboxStatus[] = [];
  other.watch((status) => seen.push(status));
  await scan('one', 'two');
  await until(() => seen.some(({ phase }) => phase === 'waiting'), 0);
  assert.equal(other.status.error?.code, 'network-unavailable');
  archive.fault = undefined;
  other.wake();
  await until(() => other.status.uploadedPages === 2, 0);
  assert.equal(archive.binaries.size, 2, 'nothing is sent twice');
  first.close();
  const batchId = await scan('three');
  await until(() => other.status.uploadedPages === 3);
  assert.deepEqual(await states(batchId), ['acknowledged']);
});

test('discarding a batch ends its upload in the archive', async () => {
  const box = outbox();
  const batchId = await scan('one');
  fail(503, isPatch);
  box.start();
  await until(() => box.status.phase === 'waiting');
  archive.fault = undefined;
  await store.discardBatch(batchId);
  await until(() => archive.seen.some(({ method }) => method === 'DELETE'));
  assert.deepEqual([stored(), box.status.storedPages], [[], 0]);
});

function channelPair(): [BroadcastChannel, BroadcastChannel] {
  const { port1, port2 } = new MessageChannel();
  for (const port of [port1, port2]) port.unref();
  return [port1, port2] as unknown as [BroadcastChannel, BroadcastChannel];
}
