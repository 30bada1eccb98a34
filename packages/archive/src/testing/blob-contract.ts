import type { BlobStore } from '../blob/blob-store.js';
import { codeOf, same, type ContractCase } from './contract.js';

const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

async function readText(stream: ReadableStream<Uint8Array> | undefined): Promise<string | undefined> {
  return stream && new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).text();
}

function streamed(chunks: readonly string[], failAtEnd = false): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(text(chunk));
      if (failAtEnd) controller.error(new Error('cut'));
      else controller.close();
    },
  });
}

/** Run every case against a fresh, empty blob store. */
export const blobContract: readonly ContractCase<BlobStore>[] = [
  {
    name: 'bytes and streams are stored under their SHA-256, once',
    async run(blobs) {
      same(await blobs.put(text('abc')), { sha256: ABC, sizeBytes: 3 }, 'bytes');
      same(await blobs.put(streamed(['a', '', 'bc'])), { sha256: ABC, sizeBytes: 3 }, 'stream');
      same(await blobs.put(text('')), { sha256: EMPTY, sizeBytes: 0 }, 'empty');
      same(await blobs.has(ABC), { sha256: ABC, sizeBytes: 3 }, 'has');
      same(await readText(await blobs.get(ABC)), 'abc', 'get');
      same(await readText(await blobs.get(EMPTY)), '', 'get empty');
      same(new TextDecoder().decode(await blobs.bytes(ABC)), 'abc', 'bytes');
    },
  },
  {
    name: 'ranges are cut exactly, across chunks',
    async run(blobs) {
      const size = 700_001;
      const bytes = new Uint8Array(size).map((_, index) => index % 251);
      const { sha256 } = await blobs.put(bytes);
      for (const [start, end] of [
        [0, 1],
        [size - 1, size],
        [262_143, 262_145],
        [1, size],
        [5, 5],
      ] as const) {
        const stream = await blobs.get(sha256, { range: { start, end } });
        const part = new Uint8Array(
          await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
        );
        same(part.length, end - start, 'length');
        same([part[0], part.at(-1)], [bytes.subarray(start, end)[0], bytes.subarray(start, end).at(-1)], 'ends');
      }
    },
  },
  {
    name: 'what is unknown is undefined, also for odd addresses',
    async run(blobs) {
      for (const odd of [ABC, '', '../../etc/passwd', `${ABC}x`, 'A'.repeat(64)]) {
        same([await blobs.has(odd), await blobs.get(odd), await blobs.bytes(odd)], [null, null, null], 'unknown');
        same(await blobs.delete(odd), false, 'delete');
      }
    },
  },
  {
    name: 'a cut, oversized or aborted upload stores nothing',
    async run(blobs) {
      await codeOf(blobs.put(streamed(['a', 'bc'], true)), 'cut');
      same(await codeOf(blobs.put(streamed(['a', 'bc']), { maxBytes: 2 }), 'too large'), 'validation-failed', 'code');
      const signal = AbortSignal.abort();
      same(await codeOf(blobs.put(streamed(['abc']), { signal }), 'aborted'), 'aborted', 'code');
      same(await blobs.has(ABC), undefined, 'nothing stored');
      same((await blobs.put(text('abc'), { maxBytes: 3 })).sizeBytes, 3, 'exactly the limit');
    },
  },
  {
    name: 'deleted bytes are gone',
    async run(blobs) {
      await blobs.put(text('abc'));
      same([await blobs.delete(ABC), await blobs.delete(ABC), await blobs.has(ABC)], [true, false, null], 'delete');
    },
  },
  {
    name: 'bytes that were put after a time stay when asked so',
    async run(blobs) {
      const before = Date.now() - 1000;
      await blobs.put(text('abc'));
      same(await blobs.delete(ABC, { unlessPutAfter: before }), false, 'fresh');
      same(await readText(await blobs.get(ABC)), 'abc', 'content');
      same(await blobs.delete(ABC, { unlessPutAfter: Date.now() + 1000 }), true, 'old');
    },
  },
  {
    name: 'many writers of the same bytes all succeed',
    async run(blobs) {
      const infos = await Promise.all(Array.from({ length: 12 }, () => blobs.put(text('abc'))));
      same(new Set(infos.map((info) => info.sha256)).size, 1, 'one address');
      same(await readText(await blobs.get(ABC)), 'abc', 'content');
    },
  },
];
