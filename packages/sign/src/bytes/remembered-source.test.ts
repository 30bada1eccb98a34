import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AnjuanError } from '@anjuan/core';
import { blobSource, bytesSource, joinSources, type ByteSource } from './byte-source.js';
import { readAhead } from './read-ahead.js';
import { rememberedSource } from './remembered-source.js';

const file = Uint8Array.from({ length: 3_000_001 }, (_, index) => (index * 7) >> 3);

function counted(): { source: ByteSource; reads: (readonly [number, number])[] } {
  const reads: (readonly [number, number])[] = [];
  const read: ByteSource['read'] = (offset, lengthBytes) => {
    reads.push([offset, lengthBytes]);
    return bytesSource(file).read(offset, lengthBytes);
  };
  return { source: { sizeBytes: file.byteLength, read }, reads };
}

test('whatever was read before, the bytes are those of the source', async () => {
  const stretch = fc.tuple(fc.nat(3_000_100), fc.oneof(fc.nat(20), fc.nat(70_000), fc.nat(400_000)));
  await fc.assert(
    fc.asyncProperty(fc.array(stretch, { maxLength: 20 }), async (stretches) => {
      const source = rememberedSource(bytesSource(file));
      for (const [offset, length] of stretches)
        assert.ok(Buffer.from(file.subarray(offset, offset + length)).equals(await source.read(offset, length)));
    }),
    { numRuns: 60 },
  );
});

test('a block is read once, also by a source that ends earlier; long stretches are not kept', async () => {
  const { source, reads } = counted();
  const remembered = rememberedSource(source);
  const earlier = rememberedSource({
    sizeBytes: 20_000,
    read: (offset, lengthBytes) => remembered.read(offset, Math.min(lengthBytes, 20_000 - offset)),
  });
  await remembered.read(5, 10);
  await remembered.read(16_000, 1_000);
  await earlier.read(19_000, 2_000);
  await remembered.read(100, 30_000);
  assert.deepEqual(reads, [
    [0, 16_384],
    [16_384, 16_384],
  ]);
  await remembered.read(0, 1_000_000);
  await remembered.read(0, 1_000_000);
  assert.equal(reads.length, 4);
});

test('blocks that nobody asked for lately are forgotten, the others stay', async () => {
  const big = {
    sizeBytes: 2 ** 30,
    read: (_offset: number, length: number) => Promise.resolve(new Uint8Array(length)),
  };
  const reads: number[] = [];
  const source = rememberedSource({
    ...big,
    read: (offset, length) => {
      reads.push(offset);
      return big.read(offset, length);
    },
  });
  for (let block = 0; block < 600; block += 1) {
    await source.read(block * 16_384, 4);
    await source.read(0, 4);
  }
  assert.equal(reads.length, 600);
  await source.read(16_384, 4);
  assert.equal(reads.length, 601);
});

test('a pass gives every byte once, from where it begins, and ends with an abort', async () => {
  const blob = blobSource(new Blob([file]));
  const plain = new Blob([file]);
  plain.slice = (from, to) => Object.assign(new Blob([file.slice(from, to)]), { stream: () => new ReadableStream() });
  const noByteStream = blobSource(plain);
  const sources = [
    bytesSource(file),
    noByteStream,
    blob,
    rememberedSource(blob),
    joinSources([
      blobSource(new Blob([file.slice(0, 500)])),
      bytesSource(file.subarray(500, 2_000_000)),
      blobSource(new Blob([file.slice(2_000_000)])),
    ]),
  ];
  for (const source of sources)
    for (const from of [0, 777, 2_000_000, file.byteLength]) {
      const pieces: Uint8Array[] = [];
      for await (const bytes of readAhead(source, from)) pieces.push(bytes.slice());
      assert.ok(Buffer.concat(pieces).equals(file.subarray(from)));
    }
  for await (const _first of readAhead(blob, 0)) break;
  for (const source of [counted().source, blob]) {
    const abort = new AbortController();
    await assert.rejects(
      async () => {
        for await (const bytes of readAhead(source, 0, abort.signal)) if (bytes.byteLength > 0) abort.abort();
      },
      (error) => AnjuanError.is(error, 'aborted'),
    );
  }
});
