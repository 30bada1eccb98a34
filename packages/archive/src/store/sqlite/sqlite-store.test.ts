import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { sampleWrite } from '../../testing/store-samples.js';
import { SqliteStore } from './sqlite-store.js';

const key = { type: 'DocumentReference', id: 'a' } as const;

describe('the SQLite file', () => {
  let directory: string;
  let path: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'anjuan-sqlite-'));
    path = join(directory, 'deeper', 'archive.sqlite');
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function use<T>(work: (store: SqliteStore) => Promise<T>): Promise<T> {
    const store = await SqliteStore.open({ path });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  it('keeps everything across a restart and leaves nothing beside itself when closed', async () => {
    const write = sampleWrite('a', { terms: { color: ['red'] }, period: [1, 2] });
    await use((store) => store.transaction((tx) => tx.put(write)));
    await use(async (store) => {
      assert.equal((await store.read(key))?.versionId, '1');
      assert.equal(await store.count('DocumentReference', { kind: 'term', param: 'color', values: ['red'] }), 1);
    });
    for (const suffix of ['-wal', '-journal', '.lock', '.owner', '.new'])
      assert.equal(existsSync(path + suffix), false, suffix);
  });

  it('is open once: a second opener is refused, here and in another process', async () => {
    await use(async () => {
      await assert.rejects(SqliteStore.open({ path }), { code: 'server-fault', retryable: false });
    });
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    try {
      writeFileSync(`${path}.owner`, `${other.pid} \n`);
      await assert.rejects(SqliteStore.open({ path }), { code: 'server-fault' });
    } finally {
      other.kill('SIGKILL');
    }
  });

  it('opens after its owner was killed, whatever the owner left', async () => {
    await use((store) => store.transaction((tx) => tx.put(sampleWrite('a'))));
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const leftovers = [`${pid} 123\n`, '', 'not a pid', `${process.pid} \n`, '1 999999999999\n'];
    for (const owner of leftovers) {
      writeFileSync(`${path}.owner`, owner);
      mkdirSync(`${path}.lock`);
      writeFileSync(`${path}.new`, 'half made');
      assert.equal((await use((store) => store.read(key)))?.versionId, '1', owner);
    }
  });

  it('is made aside, so a kill while making it leaves nothing half made', async () => {
    mkdirSync(join(directory, 'deeper'));
    writeFileSync(`${path}.new`, 'half made');
    await use((store) => store.transaction((tx) => tx.put(sampleWrite('a'))));
    assert.equal(existsSync(`${path}.new`), false);
    assert.equal(readFileSync(path).subarray(0, 15).toString(), 'SQLite format 3');
  });

  it('of another schema version is refused, not damaged', async () => {
    await use(async () => undefined);
    const bytes = readFileSync(path);
    bytes.writeUInt32BE(99, 60);
    writeFileSync(path, bytes);
    await assert.rejects(SqliteStore.open({ path }), { code: 'server-fault' });
    assert.deepEqual(readFileSync(path).subarray(0, 100), bytes.subarray(0, 100));
    assert.equal(existsSync(`${path}.owner`), false);
  });
});
