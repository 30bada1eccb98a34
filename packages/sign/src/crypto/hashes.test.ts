import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { openCryptoEngine, type HashAlgorithm } from './index.js';

const node = await openCryptoEngine();
const wasm = await openCryptoEngine({ node: false, subtle: 'none' });
const script = await openCryptoEngine({ node: false, subtle: 'none', wasm: false });
const subtle = await openCryptoEngine({ node: false, wasm: false });

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('engine says which ways it uses', () => {
  assert.deepEqual(node.backend, { subtle: true, wasm: false, node: true });
  assert.deepEqual(wasm.backend, { subtle: false, wasm: true, node: false });
  assert.deepEqual(script.backend, { subtle: false, wasm: false, node: false });
  assert.deepEqual(subtle.backend, { subtle: true, wasm: false, node: false });
});

for (const hash of ['sha-1', 'sha-256', 'sha-384', 'sha-512'] as const satisfies readonly HashAlgorithm[]) {
  test(`${hash}: Node, compiled, script and WebCrypto agree in any pieces, forks included`, async () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(pieces, pieces, async (before, after) => {
        const all = Buffer.concat([...before, ...after]);
        const expected = createHash(hash.replace('-', '')).update(all).digest('hex');
        const start = createHash(hash.replace('-', '')).update(Buffer.concat(before)).digest('hex');
        for (const engine of [node, wasm, script]) {
          const hasher = await engine.hasher(hash);
          assert.equal(hasher.algorithm, hash);
          for (const piece of before) hasher.update(piece);
          const fork = hasher.fork();
          for (const piece of after) fork.update(piece);
          assert.equal(hex(fork.digest()), expected);
          assert.equal(hex(hasher.digest()), start);
        }
        assert.equal(hex(await subtle.digest(hash, all)), expected);
        assert.equal(hex(await script.digest(hash, all)), expected);
      }),
      { numRuns: hash === 'sha-256' ? 120 : 25 },
    );
  });
}

test('sha-256: every length around the block and the kernel chunk', async () => {
  const data = Uint8Array.from({ length: 600_000 }, (_, index) => (index * 31) >> 3);
  const lengths = [
    ...Array.from({ length: 140 }, (_, index) => index),
    (1 << 18) - 1,
    1 << 18,
    (1 << 18) + 63,
    600_000,
  ];
  for (const length of lengths) {
    const bytes = data.subarray(0, length);
    const expected = createHash('sha256').update(bytes).digest('hex');
    assert.equal(hex(await wasm.digest('sha-256', bytes)), expected, String(length));
  }
});

test('sm3 gives the value of the standard, compiled or not', async () => {
  const abc = new TextEncoder().encode('abc');
  for (const engine of [node, script])
    assert.equal(
      hex(await engine.digest('sm3', abc)),
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
});
