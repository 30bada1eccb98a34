import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IDBObjectStore } from 'fake-indexeddb';
import { Computer, pageBlob } from '../../../test-support/capture-computer.js';
import { FakeRecords } from '../../../test-support/fake-records.js';
import { FakeUploadArchive, UPLOAD_BASE } from '../../../test-support/fake-upload-archive.js';
import { createArchiveClient } from '../../client/create-archive-client.js';
import { AnjuanError } from '../../errors/anjuan-error.js';
import { ManualClock } from '../../testing/manual-clock.js';
import type { OutboxStore } from '../store/outbox-store.js';
import type { Outbox } from '../types.js';
import { createOutbox } from './create-outbox.js';

/** Mulberry32: the same seed, the same disaster. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class World {
  readonly archive = new FakeUploadArchive();
  readonly records = new FakeRecords();
  readonly clock = new ManualClock();
  readonly computer = new Computer();
  readonly random: () => number;
  /** 0: calm, 1: every step goes wrong. */
  trouble = 0;
  store: OutboxStore | undefined;
  boxes: Outbox[] = [];

  constructor(seed: number) {
    this.random = randomOf(seed);
    this.archive.checksums = this.chance(0.5) ? 'sha256' : '';
    this.archive.other = (request, path) => this.records.answer(request, path);
    this.archive.fault = () => this.#fault();
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  #fault(): Response | 'after' | 'damage' | undefined {
    if (!this.chance(this.trouble)) return undefined;
    const kind = Math.floor(this.random() * 11);
    if (kind === 0) this.archive.forget();
    if (kind <= 1) return undefined;
    if (kind <= 3) return 'after';
    if (kind === 4) return 'damage';
    if (kind === 5) throw new TypeError('offline');
    return new Response(null, { status: [409, 460, 500, 503, 423][kind - 6] ?? 503 });
  }

  async tab(): Promise<OutboxStore> {
    const store = this.store ?? (await this.computer.open({ clock: this.clock }));
    this.store = store;
    const client = createArchiveClient({
      baseUrl: UPLOAD_BASE,
      transport: this.archive.transport,
      clock: this.clock,
      random: this.random,
    });
    const { clock, random } = this;
    const box = createOutbox({ store, client, clock, random, channel: null });
    box.start();
    this.boxes.push(box);
    return store;
  }

  kill(): void {
    for (const box of this.boxes.splice(0)) box.close();
    this.store?.close();
    this.store = undefined;
    this.computer.locks.crash();
  }

  async move(stepMs: number): Promise<void> {
    for (let each = 0; each < 3; each += 1) await new Promise((resolve) => setImmediate(resolve));
    await this.clock.advance(stepMs);
  }
}

async function insist<T>(world: World, work: (store: OutboxStore) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work(world.store ?? (await world.tab()));
    } catch (error) {
      // What a person does: press the shutter again.
      if (!AnjuanError.is(error) || !['storage-failed', 'network-unreachable'].includes(error.code)) throw error;
      await world.move(10);
    }
  }
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`seed ${seed}: crashes, broken transactions and a sick archive lose, double and disorder nothing`, async () => {
    const world = new World(seed);
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (world.chance(world.trouble * 0.1)) this.transaction.abort();
      return put.apply(this, given);
    };
    try {
      await live(world);
    } finally {
      IDBObjectStore.prototype.put = put;
      world.kill();
    }
  });
}

async function live(world: World): Promise<void> {
  const expected: string[][] = [];
  for (let round = 0; round < 3; round += 1) {
    world.trouble = 0.3;
    const { batchId } = await insist(world, (store) => store.createBatch({ target: { recordId: 'r1' } }));
    const texts = Array.from({ length: 12 }, (_, index) => `${round}-${index}`);
    for (const text of texts) {
      await insist(world, (store) => store.addPage({ batchId, pageId: text, master: pageBlob(text) }));
      if (world.chance(0.15)) world.kill();
      if (world.chance(0.1)) await world.tab();
      await world.move(300);
    }
    const removed = texts.filter(() => world.chance(0.2));
    for (const text of removed) await insist(world, (store) => store.removePage(text));
    const batch = await insist(world, (store) =>
      store.updateBatch(batchId, ({ documents, ...rest }) => ({
        ...rest,
        documents: documents.map((document) => ({ ...document, typeCode: 'C0026' })),
      })),
    );
    const files = batch.documents.map(({ documentId }) => ({ documentId, file: pageBlob(`pdf ${documentId}`) }));
    await insist(world, (store) => store.beginFinish(batchId, files));
    expected.push(texts.filter((text) => !removed.includes(text)));
    for (let step = 0; step < 40; step += 1) {
      if (world.chance(0.05)) world.kill();
      if (!world.store || world.chance(0.05)) await insist(world, () => world.tab());
      await world.move(500);
    }
    world.trouble = 0;
    await insist(world, () => world.tab());
    for (let step = 0; ; step += 1) {
      const state = (await world.store?.storedBatch(batchId))?.state;
      if (state === 'submitted') break;
      if (state === 'open') {
        // The archive damaged a page again and again: a person finishes once more.
        const box = world.boxes[0] ?? assert.fail();
        box.finish(batchId, { files }).catch(() => undefined);
      }
      assert.ok(step < 2000, `still ${state}`);
      await world.move(1000);
    }
  }
  assert.deepEqual(sourcesOf(world), expected);
  assert.equal(new Set(world.records.folder.entry.map(({ item }) => item.reference)).size, expected.length);
  for (const batch of (await world.store?.batches()) ?? []) {
    assert.deepEqual(await world.store?.pages(batch.batchId), []);
  }
}

/** What the archive holds of each submission, by the bytes its Provenance names. */
function sourcesOf({ records, archive }: World): string[][] {
  return records.transactions.map(({ entry }) => {
    const provenance = entry.find(({ request }) => request.url === 'Provenance')?.resource;
    const entities = (provenance?.['entity'] ?? []) as { what: { reference: string } }[];
    return entities.map(
      ({ what }) => archive.binaries.get(what.reference.replace('Binary/', ''))?.bytes.toString() ?? '',
    );
  });
}
