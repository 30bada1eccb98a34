import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sha256Hex } from '@anjuan/core';
import { DiskBlobStore } from '../blob/disk-blob-store.js';
import { MemoryBlobStore } from '../blob/memory-blob-store.js';
import { stringAt } from '../fhir/json.js';
import { MemoryStore } from '../store/memory-store.js';
import { SqliteStore } from '../store/sqlite/sqlite-store.js';
import { cardiologist } from '../testing/people.js';
import { admit, heartStay, sampleDocument } from '../testing/sample-hospital.js';
import { TestArchive } from '../testing/test-archive.js';
import { expireUploads } from './expire-uploads.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const later = (days: number): Date => new Date(Date.now() + days * DAY_MS);

for (const kind of ['memory', 'disk'] as const) {
  describe(`uploads that nobody names (${kind})`, () => {
    let directory = '';
    let archive: TestArchive;
    before(async () => {
      directory = await mkdtemp(join(tmpdir(), 'anjuan-expire-'));
      const onDisk = kind === 'disk';
      archive = new TestArchive({
        store: onDisk ? await SqliteStore.open({ path: join(directory, 'a.sqlite') }) : new MemoryStore(),
        blobs: onDisk ? await DiskBlobStore.open({ directory: join(directory, 'blobs') }) : new MemoryBlobStore(),
      });
      await admit(archive, heartStay);
    });
    after(async () => {
      await archive.store.close();
      await rm(directory, { recursive: true, force: true });
    });

    async function uploaded(text: string): Promise<string> {
      const body = { resourceType: 'Binary', contentType: 'application/pdf', data: btoa(text) };
      return stringAt((await archive.as(cardiologist)('Binary', { body })).json, 'id') ?? '';
    }
    const has = async (text: string): Promise<boolean> =>
      (await archive.blobs.has(await sha256Hex(new Blob([text])))) !== undefined;

    it('stay for 90 days, then they and their bytes are gone', async () => {
      const id = await uploaded('forgotten');
      assert.equal(await expireUploads({ store: archive.store, blobs: archive.blobs, now: later(89) }), 0);
      assert.equal((await archive.as(cardiologist)(`Binary/${id}`)).status, 200);
      assert.equal(await expireUploads({ store: archive.store, blobs: archive.blobs, now: later(91) }), 1);
      assert.equal((await archive.as(cardiologist)(`Binary/${id}`)).status, 404);
      assert.equal(await has('forgotten'), false);
    });

    it('never take bytes along that a document names, nor that somebody has just stored again', async () => {
      const named = await uploaded('named');
      const document = sampleDocument(heartStay, { id: `extra-${kind}` });
      const content = [{ attachment: { contentType: 'application/pdf', url: `Binary/${named}` } }];
      await archive.as(cardiologist)('DocumentReference', { body: { ...document, content } });
      await uploaded('named');
      assert.equal(await expireUploads({ store: archive.store, blobs: archive.blobs, now: later(100) }), 1);
      assert.equal((await archive.as(cardiologist)(`Binary/${named}`)).text, 'named');
      await uploaded('fresh');
      assert.equal(await expireUploads({ store: archive.store, blobs: archive.blobs, olderThanMs: -1 }), 1);
      assert.equal(await has('fresh'), true, 'a writer may be about to name them');
    });
  });
}
