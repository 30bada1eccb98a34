import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '@anjuan/core';
import { DiskBlobStore } from '../blob/disk-blob-store.js';
import { stringAt, stringsAt } from '../fhir/json.js';
import { SqliteStore } from '../store/sqlite/sqlite-store.js';
import { system } from './people.js';
import { TestArchive } from './test-archive.js';

const KILLS = 10;

interface Acknowledged {
  readonly key: string;
  readonly id: string;
  readonly length: number;
}

/** Lets a child write until a random moment after its first acknowledgement, kills it, and says what it acknowledged. */
async function writeAndKill(directory: string, run: number): Promise<Acknowledged[]> {
  const script = fileURLToPath(new URL('./kill-child.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--conditions=anjuan-source', '--import', 'tsx', script, directory, `r${run}`],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: process.env,
    },
  );
  let output = '';
  let failure = '';
  let timer: NodeJS.Timeout | undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    timer ??= setTimeout(() => child.kill('SIGKILL'), Math.random() * 400);
  });
  child.stderr.on('data', (chunk: Buffer) => (failure += chunk.toString()));
  const signal = await new Promise<string | null>((resolve) => child.on('close', (_code, name) => resolve(name)));
  clearTimeout(timer);
  assert.equal(signal, 'SIGKILL', failure);
  const lines = output.slice(0, output.lastIndexOf('\n') + 1).split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [key = '', id = '', length = '0'] = line.split(' ');
      return { key, id, length: Number(length) };
    });
}

async function pages(go: ReturnType<TestArchive['as']>, path: string): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const { json } = await go(next, { headers: { prefer: 'handling=strict' } });
    ids.push(...stringsAt(json, 'entry.resource.id'));
    const links: readonly unknown[] = Array.isArray(json['link']) ? json['link'] : [];
    next = links.flatMap((link) => (stringAt(link, 'relation') === 'next' ? [stringAt(link, 'url')] : []))[0];
  }
  return ids;
}

test('kill -9 at any moment loses nothing acknowledged and leaves the store whole', { timeout: 240_000 }, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'anjuan-kill-'));
  const acknowledged: Acknowledged[] = [];
  try {
    for (let run = 0; run < KILLS; run += 1) {
      acknowledged.push(...(await writeAndKill(directory, run)));
      const store = await SqliteStore.open({ path: join(directory, 'archive.sqlite') });
      const blobs = await DiskBlobStore.open({ directory: join(directory, 'blobs') });
      try {
        await checkAll(new TestArchive({ store, blobs }), acknowledged);
        assert.deepEqual(await readdir(join(directory, 'blobs', 'incoming')), [], 'no half-written file stays');
      } finally {
        await store.close();
      }
    }
    assert.ok(acknowledged.length > KILLS, `${acknowledged.length} writes were acknowledged`);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

async function checkAll(archive: TestArchive, acknowledged: readonly Acknowledged[]): Promise<void> {
  const go = archive.as(system);
  for (const { key, id, length } of acknowledged) {
    const found = await go(`DocumentReference?identifier=urn:kill|${key}`);
    assert.deepEqual(stringsAt(found.json, 'entry.resource.id'), [id], `${key} is found by its identifier`);
    const binary = await go(stringAt(found.json, 'entry.resource.content.attachment.url') ?? '');
    assert.equal(binary.text.length, length, `${key} has its bytes`);
    const digest = await sha256Hex(new Blob([binary.text]));
    assert.equal(binary.headers.get('etag'), `"${digest}"`, `${key} has the right bytes`);
  }
  // A transaction that was not acknowledged is there as a whole or not at all, together with its log.
  const documents = await pages(go, 'DocumentReference?_count=200&_total=none');
  const binaries = await pages(go, 'Binary?_count=200&_total=none');
  assert.equal(documents.length, binaries.length, 'documents and bytes come in pairs');
  const created = await archive.store.count('AuditEvent', {
    kind: 'term',
    param: 'AuditEvent.subtype',
    values: ['c\u001fcreate'],
  });
  assert.equal(created, documents.length + binaries.length, 'one audit event for each created resource');
}
