import assert from 'node:assert/strict';
import { createHash, getHashes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromHex, toHex, utf8 } from '../testing/hex.js';
import { hmacSm3, loadGmKernels, sm3, sm3Hasher } from '../index.js';

test('SM3 gives the digests of the standard', () => {
  assert.equal(toHex(sm3(utf8('abc'))), '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  assert.equal(toHex(sm3(utf8('abcd'.repeat(16)))), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
  assert.equal(toHex(sm3(new Uint8Array(0))), '1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b');
});

test('HMAC over SM3 is that of GM/T 0042 vectors', () => {
  const key = fromHex('0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20');
  const data = utf8('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'.repeat(2));
  assert.equal(toHex(hmacSm3(key, data)), 'ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a');
});

test('pieces of any size and forks hash like the whole, in script and in WASM alike', async () => {
  const kernels = await loadGmKernels();
  assert.ok(kernels, 'Node has WebAssembly with SIMD');
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 }), fc.nat(11), (pieces, forkAt) => {
      const hashes = [sm3Hasher(), sm3Hasher(kernels)];
      let forks = hashes.map((hash) => hash.fork());
      pieces.forEach((piece, index) => {
        hashes.forEach((hash) => {
          hash.update(piece);
        });
        if (index <= forkAt) forks = hashes.map((hash) => hash.fork());
      });
      const whole = Buffer.concat(pieces);
      const start = Buffer.concat(pieces.slice(0, forkAt + 1));
      assert.deepEqual(
        hashes.map((hash) => toHex(hash.digest())),
        [toHex(sm3(whole)), toHex(sm3(whole))],
      );
      assert.deepEqual(
        forks.map((hash) => toHex(hash.digest())),
        [toHex(sm3(start)), toHex(sm3(start))],
      );
    }),
  );
});

test('every length around a block edge hashes as OpenSSL does', { skip: skipWithoutSm3() }, async () => {
  const kernels = await loadGmKernels();
  const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7 + (index >> 8)) & 255);
  for (const length of [...Array.from({ length: 200 }, (_, index) => index), 65_535, 65_536, 65_600, 70_000]) {
    const part = bytes.subarray(0, length);
    const expected = createHash('sm3').update(part).digest('hex');
    assert.equal(toHex(sm3(part)), expected, `${length} bytes in script`);
    assert.equal(toHex(sm3(part, kernels)), expected, `${length} bytes in WASM`);
  }
});

function skipWithoutSm3(): string | false {
  return getHashes().includes('sm3') ? false : 'the OpenSSL of this Node has no SM3';
}
