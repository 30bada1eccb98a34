import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Listeners } from './listeners.js';

test('a listener that throws reaches the page’s error handler and stops nobody', (context) => {
  const later: (() => void)[] = [];
  context.mock.method(globalThis, 'queueMicrotask', (callback: () => void) => later.push(callback));
  const listeners = new Listeners<number>();
  const heard: number[] = [];
  listeners.add(() => {
    throw new Error('in the host');
  });
  const end = listeners.add((value) => heard.push(value));
  listeners.tell(1);
  end();
  listeners.tell(2);
  assert.deepEqual([heard, later.length], [[1], 2]);
  assert.throws(() => later[0]?.(), /in the host/);
});
