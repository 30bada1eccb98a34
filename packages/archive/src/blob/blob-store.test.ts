import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { blobContract } from '../testing/blob-contract.js';
import { DiskBlobStore } from './disk-blob-store.js';
import { MemoryBlobStore } from './memory-blob-store.js';

for (const rule of blobContract) {
  test(`memory blobs: ${rule.name}`, () => rule.run(new MemoryBlobStore()));

  test(`disk blobs: ${rule.name}`, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'anjuan-blobs-'));
    try {
      await rule.run(await DiskBlobStore.open({ directory }));
      assert.deepEqual(await readdir(join(directory, 'incoming')), [], 'no leftovers');
    } finally {
      await rm(directory, { recursive: true });
    }
  });
}
