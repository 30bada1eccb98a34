import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Computer, pageBlob } from '../../../test-support/capture-computer.js';
import type { OutboxStore } from './outbox-store.js';

let ids = 0;
const newId = (): string => `page-${(ids += 1)}`;

async function opened(options = {}): Promise<{ computer: Computer; store: OutboxStore; batchId: string }> {
  const computer = new Computer();
  const store = await computer.open(options);
  const { batchId } = await store.createBatch({ target: { recordId: 'r1' } });
  return { computer, store, batchId };
}

const shown = async (store: OutboxStore, batchId: string): Promise<readonly string[]> =>
  (await store.batch(batchId))?.documents.flatMap(({ pageIds }) => pageIds) ?? [];

for (const encrypt of [false, true]) {
  test(`a confirmed page is there after a crash, in its place, byte for byte (encrypt: ${encrypt})`, async () => {
    const { computer, store, batchId } = await opened({ encrypt });
    for (const text of ['one', 'two', 'three']) {
      await store.addPage({ batchId, pageId: text, master: pageBlob(text), data: { recipe: text } });
    }
    await store.noteUpload('two', { state: 'uploading', upload: { offsetBytes: 1, attempts: 1, url: 'u' } });
    computer.locks.crash();
    const again = await computer.open({ encrypt });
    assert.deepEqual(await shown(again, batchId), ['one', 'two', 'three']);
    const pages = await again.pages(batchId);
    assert.deepEqual(
      pages.map(({ seq, state, data }) => [seq, state, data['recipe']]),
      [
        [1, 'captured', 'one'],
        [2, 'queued', 'two'],
        [3, 'captured', 'three'],
      ],
    );
    const bytes = await again.bytes('two', 'master');
    assert.deepEqual([await bytes?.text(), bytes?.type], ['two', 'image/jpeg']);
  });
}

test('bytes at rest are unreadable when encryption is on, and wiping makes a new key', async () => {
  const { computer, store, batchId } = await opened({ encrypt: true });
  await store.addPage({ batchId, pageId: 'p', master: pageBlob('a secret of the patient') });
  const texts = async (): Promise<readonly string[]> => {
    const raw = await new Promise<{ blob: Blob }[]>((resolve, reject) => {
      const request = computer.indexedDB.open('anjuan-capture');
      request.onsuccess = () => {
        const all = request.result.transaction('contents').objectStore('contents').getAll();
        all.onsuccess = () => resolve(all.result as { blob: Blob }[]);
        all.onerror = () => reject(new Error('no contents'));
      };
    });
    return Promise.all(raw.map(({ blob }) => blob.text()));
  };
  assert.ok((await texts()).every((text) => !text.includes('secret')));
  const other = await computer.open({ encrypt: true });
  const mine = (await other.createBatch()).batchId;
  await other.addPage({ batchId: mine, pageId: 'q', master: pageBlob('q') });
  await store.wipe();
  assert.deepEqual([await texts(), await other.batches()], [[], []]);
  const { batchId: next } = await other.createBatch();
  await other.addPage({ batchId: next, pageId: 'r', master: pageBlob('after the wipe') });
  assert.equal(await (await store.bytes('r', 'master'))?.text(), 'after the wipe');
});

test('adding a page again adds nothing; its id for other bytes is refused', async () => {
  const { store, batchId } = await opened();
  const page = { batchId, pageId: 'p', master: pageBlob('x') };
  const [first, second] = await Promise.all([store.addPage(page), store.addPage(page)]);
  assert.deepEqual(first, second);
  await assert.rejects(store.addPage({ ...page, master: pageBlob('y') }), { code: 'invalid-argument' });
  assert.deepEqual([(await store.pages(batchId)).length, await shown(store, batchId)], [1, ['p']]);
});

test('pages of two tabs at once get numbers without gaps', async () => {
  const { computer, store, batchId } = await opened();
  const other = await computer.open();
  const adds = Array.from({ length: 40 }, (_, index) =>
    (index % 2 ? store : other).addPage({ batchId, pageId: newId(), master: pageBlob(`${index}`) }),
  );
  const seqs = (await Promise.all(adds)).map(({ seq }) => seq).sort((a, b) => a - b);
  assert.deepEqual(
    seqs,
    Array.from({ length: 40 }, (_, index) => index + 1),
  );
});

test('a batch belongs to one tab until that releases it or ends', async () => {
  const { computer, store, batchId } = await opened();
  const other = await computer.open();
  const lead = await store.lead(batchId);
  await assert.rejects(other.lead(batchId), { code: 'batch-in-use' });
  lead.release();
  await new Promise((resolve) => setTimeout(resolve));
  await other.lead(batchId);
  computer.locks.crash();
  await new Promise((resolve) => setTimeout(resolve));
  await store.lead(batchId);
});

test('capture stops before storage is full, and says so', async () => {
  let usage = 0;
  const room: unknown[] = [];
  const storage = {
    estimate: () => Promise.resolve({ usage, quota: 1000 }),
    persist: () => Promise.resolve(true),
    persisted: () => Promise.resolve(false),
  };
  const { store, batchId } = await opened({ storage });
  store.watch((event) => event.type === 'room' && room.push(event.room.state));
  await store.addPage({ batchId, pageId: 'p', master: pageBlob('x'.repeat(10)) });
  assert.deepEqual(await store.room(), {
    state: 'ample',
    usedBytes: 0,
    quotaBytes: 1000,
    remainingPages: 95,
    persisted: false,
  });
  usage = 900;
  await store.addPage({ batchId, pageId: 'q', master: pageBlob('x') });
  assert.equal((await store.room()).state, 'low');
  usage = 950;
  const told = new Promise<void>((resolve) => {
    store.watch((event) => event.type === 'room' && event.room.state === 'full' && resolve());
  });
  await assert.rejects(store.addPage({ batchId, pageId: 'r', master: pageBlob('x') }), { code: 'storage-full' });
  await told;
  assert.deepEqual(
    [await shown(store, batchId), room],
    [
      ['p', 'q'],
      ['ample', 'low', 'full'],
    ],
  );
});

test('when room is needed, originals that the archive has give way, and only they', async () => {
  let usage = 0;
  const storage = {
    estimate: async () => ({ usage, quota: 1000 }),
    persist: async () => true,
    persisted: async () => true,
  };
  const { store, batchId } = await opened({ storage });
  const { master } = await store.addPage({ batchId, pageId: 'sent', master: pageBlob('x') });
  await store.addPage({ batchId, pageId: 'waiting', master: pageBlob('y') });
  await store.acknowledge('sent', { binary: 'Binary/1', sha256: master.sha256, sizeBytes: 1 });
  usage = 990;
  await assert.rejects(store.addPage({ batchId, pageId: 'more', master: pageBlob('z') }), { code: 'storage-full' });
  assert.equal(await store.bytes('sent', 'master'), undefined);
  assert.equal(await (await store.bytes('waiting', 'master'))?.text(), 'y');
  usage = 100;
  await store.addPage({ batchId, pageId: 'more', master: pageBlob('z') });
});

test('an acknowledgement of other bytes counts for nothing; a right one is final', async () => {
  const { store, batchId } = await opened();
  const { master } = await store.addPage({ batchId, pageId: 'p', master: pageBlob('x') });
  const wrong = { binary: 'Binary/1', sha256: '0'.repeat(64), sizeBytes: 1 };
  await assert.rejects(store.acknowledge('p', wrong), { code: 'integrity-mismatch' });
  assert.equal(await (await store.bytes('p', 'master'))?.text(), 'x');
  await store.acknowledge('p', { ...wrong, sha256: master.sha256 });
  const page = await store.noteUpload('p', { state: 'uploading' });
  assert.deepEqual([page.state, page.upload?.binary], ['acknowledged', 'Binary/1']);
  assert.equal(await (await store.bytes('p', 'master'))?.text(), 'x', 'it can still be worked on');
});

test('output can be replaced and taken back; the thumbnail stays', async () => {
  const { store, batchId } = await opened();
  await store.addPage({ batchId, pageId: 'p', master: pageBlob('x') });
  await store.updatePage('p', { output: pageBlob('one'), thumbnail: pageBlob('t') });
  await store.updatePage('p', { output: pageBlob('two'), data: { gray: true } });
  assert.equal(await (await store.bytes('p', 'output'))?.text(), 'two');
  const page = await store.updatePage('p', { output: null });
  assert.equal(page.output, undefined);
  assert.equal(await store.bytes('p', 'output'), undefined);
  assert.equal(await (await store.bytes('p', 'thumbnail'))?.text(), 't');
  await assert.rejects(store.updatePage('nobody', {}), { code: 'batch-not-found' });
});

test('a discarded batch leaves nothing but the address of the upload to end', async () => {
  const { store, batchId } = await opened();
  await store.addPage({ batchId, pageId: 'p', master: pageBlob('x') });
  await store.noteUpload('p', { state: 'uploading', upload: { url: 'u/1', offsetBytes: 0, attempts: 1 } });
  await store.discardBatch(batchId);
  await store.discardBatch(batchId);
  assert.deepEqual([await store.pages(batchId), await store.bytes('p', 'master')], [[], undefined]);
  assert.deepEqual(await store.abandonedUploads(), ['u/1']);
  await assert.rejects(store.addPage({ batchId, pageId: 'q', master: pageBlob('y') }), { code: 'batch-not-found' });
});

test('finishing needs a target, types, pages and files; then nothing changes any more', async () => {
  const { store, batchId } = await opened();
  const documentId = (await store.batch(batchId))?.documents[0]?.documentId ?? '';
  const files = [{ documentId, file: pageBlob('pdf') }];
  await assert.rejects(store.beginFinish(batchId, files), { code: 'batch-incomplete' });
  await store.addPage({ batchId, pageId: 'p', master: pageBlob('x') });
  await store.updateBatch(batchId, (batch) => ({
    ...batch,
    documents: batch.documents.map((document) => ({ ...document, typeCode: 'C0026', title: '知情同意书' })),
  }));
  await assert.rejects(store.beginFinish(batchId, []), { code: 'batch-incomplete' });
  await store.beginFinish(batchId, files);
  assert.equal((await store.beginFinish(batchId, [])).state, 'finishing');
  assert.equal(await (await store.documentBytes(batchId, documentId))?.text(), 'pdf');
  for (const change of [
    () => store.addPage({ batchId, pageId: 'q', master: pageBlob('y') }),
    () => store.removePage('p'),
    () => store.discardBatch(batchId),
    () => store.updateBatch(batchId, (batch) => ({ ...batch, documents: [...batch.documents] })),
  ]) {
    await assert.rejects(change, { code: 'invalid-argument' });
  }
  assert.equal((await store.updateBatch(batchId, (batch) => batch)).state, 'finishing');
  await store.reopen(batchId, 'validation-failed');
  assert.equal((await store.batch(batchId))?.state, 'open');
  assert.equal(await store.documentBytes(batchId, documentId), undefined);
  await store.beginFinish(batchId, files);
  const receipt = { batchId, recordId: 'r1', documents: [{ documentId, archivedId: 'd1' }] };
  await store.markSubmitted(receipt);
  assert.equal((await store.batch(batchId))?.state, 'submitted');
  assert.deepEqual([await store.pages(batchId), await store.bytes('p', 'master')], [[], undefined]);
  await store.markSeen(batchId);
  assert.deepEqual([await store.batches(), (await store.storedBatch(batchId))?.receipt], [[], receipt]);
});

test('on plain http, without WebCrypto, locks and quota: all works but encryption, which is refused', async (context) => {
  const { crypto } = globalThis;
  const bare = { getRandomValues: (array: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(array) };
  Object.defineProperty(globalThis, 'crypto', { configurable: true, value: bare });
  context.after(() => Object.defineProperty(globalThis, 'crypto', { configurable: true, value: crypto }));
  await assert.rejects(opened({ encrypt: true }), { code: 'insecure-context' });
  const { store, batchId } = await opened({ locks: null });
  const page = await store.addPage({ batchId, pageId: 'p', master: pageBlob('abc') });
  assert.equal(page.master.sha256, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.equal(await (await store.bytes('p', 'master'))?.text(), 'abc');
  const lead = await store.lead(batchId);
  await assert.rejects(store.lead(batchId), { code: 'batch-in-use' });
  lead.release();
  assert.deepEqual(await store.room(), { state: 'ample', usedBytes: 0, quotaBytes: 0, persisted: false });
});

type Step =
  | { readonly kind: 'add' | 'replace' | 'remove' | 'restore' | 'split'; readonly at: number }
  | { readonly kind: 'crash' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('add', 'add', 'replace', 'remove', 'restore', 'split'),
    at: fc.nat({ max: 30 }),
  }),
  fc.record({ kind: fc.constant('crash') }),
);

test('whatever is added, replaced, removed, restored, split and crashed: no page lost, doubled or out of order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { computer, store: first, batchId } = await opened();
      let store = first;
      const order: string[] = [];
      const gone = new Set<string>();
      const pick = (at: number, from: readonly string[]): string | undefined => from[at % Math.max(1, from.length)];
      for (const one of steps) {
        const visible = order.filter((id) => !gone.has(id));
        if (one.kind === 'crash') {
          computer.locks.crash();
          store = await computer.open();
        } else if (one.kind === 'add') {
          const pageId = newId();
          await store.addPage({ batchId, pageId, master: pageBlob(pageId) });
          order.push(pageId);
        } else if (one.kind === 'split') {
          await store.updateBatch(batchId, (batch) => ({ ...batch, documents: splitAt(batch.documents, one.at) }));
        } else {
          const target = pick(one.at, one.kind === 'restore' ? [...gone] : visible);
          if (target === undefined) continue;
          if (one.kind === 'remove') await store.removePage(target).then(() => gone.add(target));
          else if (one.kind === 'restore') await store.restorePage(target).then(() => gone.delete(target));
          else {
            const pageId = newId();
            await store.addPage({ batchId, pageId, master: pageBlob(pageId), place: { replaces: target } });
            order.splice(order.indexOf(target), 0, pageId);
            gone.add(target);
          }
        }
      }
      assert.deepEqual(
        await shown(store, batchId),
        order.filter((id) => !gone.has(id)),
      );
      const pages = await store.pages(batchId);
      assert.deepEqual(
        pages.map(({ seq }) => seq),
        pages.map((_, index) => index + 1),
      );
      for (const { pageId, removedOn } of pages) {
        assert.equal(removedOn !== undefined, gone.has(pageId));
        assert.equal(await (await store.bytes(pageId, 'master'))?.text(), pageId);
      }
    }),
    { numRuns: 150, seed: 7 },
  );
});

function splitAt(
  documents: readonly { readonly documentId: string; readonly pageIds: readonly string[] }[],
  at: number,
): { documentId: string; pageIds: readonly string[] }[] {
  const pageIds = documents.flatMap((document) => document.pageIds);
  const place = at % (pageIds.length + 1);
  return [
    { documentId: 'left', pageIds: pageIds.slice(0, place) },
    { documentId: 'right', pageIds: pageIds.slice(place) },
  ];
}
