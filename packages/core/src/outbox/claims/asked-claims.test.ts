import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import { ManualClock } from '../../testing/manual-clock.js';
import type { Channel } from '../store/store-events.js';
import { AskedClaims, type ClaimBook } from './asked-claims.js';

function memoryBook(): ClaimBook {
  const held = new Map<string, string>();
  return {
    enter: (name, { holder, gone }) => {
      const current = held.get(name);
      if (current === undefined || current === gone) held.set(name, holder);
      return Promise.resolve(held.get(name) ?? '');
    },
    leave: (name, holder) => {
      if (held.get(name) === holder) held.delete(name);
      return Promise.resolve();
    },
  };
}

function twoTabs(): { clock: ManualClock; mine: AskedClaims; other: AskedClaims } {
  const clock = new ManualClock();
  const book = memoryBook();
  const { port1, port2 } = new MessageChannel();
  const tab = (port: unknown): AskedClaims => new AskedClaims({ book, channel: port as Channel, clock });
  return { clock, mine: tab(port1), other: tab(port2) };
}

test('a living holder keeps the claim, and gives it over when it is done', async () => {
  const { clock, mine, other } = twoTabs();
  const release = await mine.take('x');
  // Only the answer counts here, not the clock: it stands still.
  assert.equal(await other.take('x'), undefined);
  const waiting = other.take('x', { wait: true });
  await new Promise((resolve) => setTimeout(resolve, 5));
  release?.();
  assert.ok(await clock.settle(waiting));
  assert.ok(await clock.settle(other.take('y')));
  mine.close();
  other.close();
});

test('a holder that does not answer is gone', async () => {
  const { clock, mine, other } = twoTabs();
  await mine.take('x');
  mine.close();
  const book = memoryBook();
  await book.enter('x', { holder: 'dead' });
  const { port1 } = new MessageChannel();
  const claims = new AskedClaims({ book, channel: port1 as unknown as Channel, clock });
  assert.ok(await clock.settle(claims.take('x')));
  claims.close();
  other.close();
});

test('within one tab a claim is held once; waiting can be given up', async () => {
  const { clock, mine, other } = twoTabs();
  await mine.take('x');
  assert.equal(await mine.take('x'), undefined);
  const controller = new AbortController();
  const waiting = mine.take('x', { wait: true, signal: controller.signal });
  controller.abort();
  await assert.rejects(clock.settle(waiting), { code: 'aborted' });
  mine.close();
  other.close();
});
