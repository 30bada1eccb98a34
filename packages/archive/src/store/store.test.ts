import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { storeContract } from '../testing/store-contract.js';
import { MemoryStore } from './memory-store.js';
import { SqliteStore } from './sqlite/sqlite-store.js';

for (const rule of storeContract) {
  test(`memory store: ${rule.name}`, async () => {
    const store = new MemoryStore();
    await rule.run(store);
    await store.close();
  });

  test(`SQLite store: ${rule.name}`, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'anjuan-store-'));
    const store = await SqliteStore.open({ path: join(directory, 'archive.sqlite') });
    try {
      await rule.run(store);
    } finally {
      await store.close();
      await rm(directory, { recursive: true });
    }
  });
}
