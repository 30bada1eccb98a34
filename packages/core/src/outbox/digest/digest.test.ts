import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { base64OfHex, hashBlob, hexOfBase64 } from './hash-blob.js';
import { Sha1 } from './sha1.js';

const reference = (name: string, bytes: Uint8Array): string => createHash(name).update(bytes).digest('hex');

test('SHA-1 in parts of any size equals that of the platform', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (parts) => {
      const hash = new Sha1();
      for (const part of parts) hash.update(part);
      assert.equal(hash.hex(), reference('sha1', Buffer.concat(parts)));
    }),
    { numRuns: 300 },
  );
});

test('a file too large for one piece has the same digest', async () => {
  const bytes = new Uint8Array(9 * 1024 * 1024 + 17).map((_, index) => (index * 31) & 255);
  const blob = new Blob([bytes]);
  assert.equal(await hashBlob(blob), reference('sha256', bytes));
  assert.equal(await hashBlob(blob, { algorithm: 'SHA-1' }), reference('sha1', bytes));
});

test('an aborted hash ends as aborted', async () => {
  await assert.rejects(hashBlob(new Blob(['x']), { signal: AbortSignal.abort() }), { code: 'aborted' });
});

test('digests change between hex and base64; what is none is refused', () => {
  const hex = reference('sha256', new Uint8Array([1]));
  assert.equal(hexOfBase64(base64OfHex(hex), 32), hex);
  for (const text of ['', '!!', 'AAAA', base64OfHex(hex).slice(0, 40)]) assert.equal(hexOfBase64(text, 32), undefined);
});
