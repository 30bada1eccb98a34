import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { LatestOnly } from './latest-only.js';
import { OneAtATime } from './one-at-a-time.js';

const settled = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => (AnjuanError.is(error) ? error.code : error));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('latest only: one runs, the latest waits, those between are dropped', async () => {
  const latest = new LatestOnly();
  const dropped: number[] = [];
  const open: (() => void)[] = [];
  const ask = (frame: number): Promise<unknown> =>
    settled(
      latest.run(
        () => new Promise<number>((resolve) => open.push(() => resolve(frame))),
        () => dropped.push(frame),
      ),
    );
  const first = [ask(1), ask(2), ask(3)];
  assert.deepEqual([dropped, open.length], [[2], 1]);
  open[0]?.();
  assert.equal(await first[0], 1);
  await turn();
  const next = ask(4);
  open[1]?.();
  await turn();
  open[2]?.();
  assert.deepEqual(await Promise.all([...first, next]), [1, 'aborted', 3, 4]);
});

test('latest only: a failure does not block the next', async () => {
  const latest = new LatestOnly();
  const drop = (): void => undefined;
  assert.equal(await settled(latest.run(() => Promise.reject(new AnjuanError('aborted')), drop)), 'aborted');
  assert.equal(await latest.run(() => Promise.resolve(7), drop), 7);
});

test('one at a time: in order, also after a failure', async () => {
  const large = new OneAtATime();
  const order: string[] = [];
  const step = (name: string, fails: boolean) => async (): Promise<void> => {
    order.push(`${name} begins`);
    await Promise.resolve();
    order.push(`${name} ends`);
    if (fails) throw new AnjuanError('image-malformed');
  };
  await Promise.all([settled(large.run(step('a', true))), large.run(step('b', false))]);
  assert.deepEqual(order, ['a begins', 'a ends', 'b begins', 'b ends']);
});
