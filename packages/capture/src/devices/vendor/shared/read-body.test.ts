import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf } from '../../../../test-support/typed-failure.js';
import { readBody } from './read-body.js';

const signal = new AbortController().signal;

/** A body that never ends; counts what was taken of it. */
function endless(): { readonly response: Response; readonly taken: () => number; readonly cancelled: () => boolean } {
  let taken = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      taken += 1000;
      controller.enqueue(new Uint8Array(1000));
    },
    cancel: () => {
      cancelled = true;
    },
  });
  return { response: new Response(body), taken: () => taken, cancelled: () => cancelled };
}

test('a body is read whole up to its bound', async () => {
  const bytes = await readBody(new Response(new Uint8Array([1, 2, 3])), { maxBytes: 3, signal });
  assert.deepEqual([...bytes], [1, 2, 3]);
  assert.equal((await readBody(new Response(null), { maxBytes: 3, signal })).length, 0);
});

test('a body without end is left at its bound; one that declares too much is not begun', async () => {
  const { response, taken, cancelled } = endless();
  assert.equal(await codeOf(readBody(response, { maxBytes: 10_000, signal })), 'device-protocol');
  assert.ok(taken() < 13_000 && cancelled());
  const declared = new Response(endless().response.body, { headers: { 'content-length': '99999' } });
  assert.equal(await codeOf(readBody(declared, { maxBytes: 10_000, signal })), 'device-protocol');
});
