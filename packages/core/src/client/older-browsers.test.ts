import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collect } from '../../test-support/failure.js';
import { BASE, createFakeArchive } from '../../test-support/fake-archive.js';
import { createArchiveClient } from './create-archive-client.js';

/** Newer than Chromium 86, the floor of the lowered bundle. (Node's own Request needs `Object.hasOwn`, so it stays.) */
const newer: [object, string[]][] = [
  [Object, ['groupBy']],
  [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with']],
  [String.prototype, ['at', 'isWellFormed']],
  [AbortSignal, ['any', 'timeout', 'abort']],
  [AbortSignal.prototype, ['throwIfAborted', 'reason']],
  [Promise, ['withResolvers']],
  [Response, ['json']],
  [globalThis, ['structuredClone']],
  [crypto, ['randomUUID']],
];

test('the client works without the built-ins of newer browsers', async (context) => {
  for (const [owner, names] of newer) {
    for (const name of names) {
      const found = Object.getOwnPropertyDescriptor(owner, name) ?? { value: undefined, configurable: true };
      Object.defineProperty(owner, name, { configurable: true, value: undefined });
      context.after(() => Object.defineProperty(owner, name, found));
    }
  }
  const archive = createFakeArchive({ records: 3 });
  const client = createArchiveClient({ baseUrl: BASE, transport: archive.transport, getToken: () => 'token' });
  assert.equal((await collect(client.records.search({ text: 'x' }, { pageSize: 2 }))).length, 3);
  assert.equal((await client.records.open('r1')).documents.length, 3);
  const ref = { documentId: 'd1', versionId: '1' };
  const source = await client.documents.openBytes(ref);
  assert.equal((await source.read({ start: 0, end: 9 })).length, 9);
  assert.equal((await client.documents.bytes(ref)).size, 1000);
  assert.equal((await client.documents.pageImage(ref, { pageIndex: 0, widthPx: 480 })).type, 'image/jpeg');

  const controller = new AbortController();
  archive.override = () => new Promise<Response>(() => undefined);
  const call = client.documents.versions('d1', { signal: controller.signal });
  controller.abort();
  await assert.rejects(call, { code: 'aborted' });
  const slow = createArchiveClient({ baseUrl: BASE, transport: archive.transport, timeoutMs: 1 });
  await assert.rejects(slow.documents.versions('d1'), { code: 'network-timeout' });
});
