import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { Sha256, sha256Hex } from './sha256.js';

test('agrees with another implementation on any bytes in any pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (pieces) => {
      const ours = new Sha256();
      const theirs = createHash('sha256');
      for (const piece of pieces) {
        ours.update(piece);
        theirs.update(piece);
      }
      assert.equal(ours.hex(), theirs.digest('hex'));
    }),
  );
});

test('every length around the block size', () => {
  for (let length = 0; length < 260; length += 1) {
    const bytes = new Uint8Array(length).fill(length);
    assert.equal(new Sha256().update(bytes).hex(), createHash('sha256').update(bytes).digest('hex'), String(length));
  }
});

test('a page without WebCrypto gets the same digest', async (context) => {
  const blob = new Blob([new Uint8Array(5_000_000).map((_, index) => index)]);
  const fast = await sha256Hex(blob);
  context.mock.getter(globalThis, 'crypto', () => ({}) as Crypto);
  assert.equal(await sha256Hex(blob), fast);
});

test('abort while hashing', async (context) => {
  context.mock.getter(globalThis, 'crypto', () => ({}) as Crypto);
  const controller = new AbortController();
  const hashing = sha256Hex(new Blob([new Uint8Array(10_000_000)]), { signal: controller.signal });
  controller.abort();
  await assert.rejects(hashing, { code: 'aborted' });
});
