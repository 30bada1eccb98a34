import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { blobSource, bytesSource, joinSources, type ByteSource } from './byte-source.js';
import { ByteWindows } from './byte-windows.js';

const numbered = (sizeBytes: number): Uint8Array =>
  Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 7) >> 3);

function counted(bytes: Uint8Array): { source: ByteSource; reads: (readonly [number, number])[] } {
  const reads: (readonly [number, number])[] = [];
  const read: ByteSource['read'] = (offset, lengthBytes) => {
    reads.push([offset, lengthBytes]);
    return bytesSource(bytes).read(offset, lengthBytes);
  };
  return { source: { sizeBytes: bytes.byteLength, read }, reads };
}

test('a small source is read once, a large one by blocks that stay', async () => {
  const small = counted(numbered(200_000));
  const windows = new ByteWindows(small.source);
  for (const offset of [0, 150_000, 199_999])
    assert.equal((await windows.read(offset, 50))[0], ((offset * 7) >> 3) & 255);
  assert.deepEqual(small.reads, [[0, 200_000]]);
  const large = counted(numbered(3_000_000));
  const blocks = new ByteWindows(large.source);
  for (const offset of [100, 200, 2_999_990, 100]) {
    assert.equal((await blocks.read(offset, 4))[0], ((offset * 7) >> 3) & 255);
  }
  assert.deepEqual(large.reads, [
    [0, 16_384],
    [2_998_272, 1_728],
  ]);
});

test('beyond the end there is nothing', async () => {
  const windows = new ByteWindows(bytesSource(numbered(10)));
  assert.equal((await windows.read(10, 5)).byteLength, 0);
  assert.equal((await windows.read(-1, 5)).byteLength, 0);
  assert.equal((await windows.read(8, 5)).byteLength, 2);
  assert.equal((await new ByteWindows(bytesSource(new Uint8Array())).read(0, 5)).byteLength, 0);
});

test('an abort in the middle of a read is an abort, another fault stays what it is', async () => {
  const abort = new AbortController();
  const failing: ByteSource = {
    sizeBytes: 9,
    read: () => {
      if (abort.signal.aborted) return Promise.reject(new DOMException('stop', 'AbortError'));
      return Promise.reject(new RangeError('disk'));
    },
  };
  await assert.rejects(new ByteWindows(failing).read(0, 1, abort.signal), RangeError);
  const stopping: ByteSource = {
    sizeBytes: 9,
    read: () => {
      abort.abort();
      return Promise.reject(new DOMException('stop', 'AbortError'));
    },
  };
  await assert.rejects(new ByteWindows(stopping).read(0, 1, abort.signal), (error) => AnjuanError.is(error, 'aborted'));
});

test('joined sources and blobs give the same bytes as one array', async () => {
  const all = numbered(1_000);
  const joined = joinSources([
    bytesSource(all.subarray(0, 1)),
    blobSource(new Blob([all.slice(1, 700)])),
    bytesSource(all.subarray(700)),
  ]);
  for (const [offset, length] of [
    [0, 1_000],
    [0, 1],
    [1, 699],
    [690, 20],
    [999, 50],
    [1_000, 5],
  ] as const) {
    assert.deepEqual(new Uint8Array(await joined.read(offset, length)), all.slice(offset, offset + length));
  }
});
