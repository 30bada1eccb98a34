import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from '../../test-support/failure.js';
import { AnjuanError } from '../errors/anjuan-error.js';
import { ManualClock } from '../testing/manual-clock.js';
import { abortError, linkAbort, onAbort, throwIfAborted, untilAborted } from './abort.js';
import { delay } from './clock.js';
import { Scope } from './scope.js';

test('a scope releases last in, first out, once, and at once when it is over', () => {
  const scope = new Scope();
  const released: string[] = [];
  scope.defer(() => released.push('a'));
  const early = scope.defer(() => released.push('b'));
  scope.defer(() => released.push('c'));
  early();
  early();
  scope.dispose();
  scope.dispose();
  scope.defer(() => released.push('late'));
  assert.deepEqual(released, ['b', 'c', 'a', 'late']);
  assert.ok(scope.disposed && scope.signal.aborted);
});

test('a release that throws stops no other', () => {
  const scope = new Scope();
  const released: string[] = [];
  scope.defer(() => released.push('a'));
  scope.defer(() => {
    throw new Error('first');
  });
  assert.throws(() => scope.dispose(), /first/);
  assert.deepEqual(released, ['a']);
});

test('children end with their scope; listeners and object URLs go with it', () => {
  const scope = new Scope();
  const child = scope.child();
  const target = new EventTarget();
  let heard = 0;
  child.listen(target, 'x', () => (heard += 1));
  const { url } = child.objectUrl(new Blob(['x']));
  target.dispatchEvent(new Event('x'));
  scope.dispose();
  target.dispatchEvent(new Event('x'));
  assert.equal(heard, 1);
  assert.ok(child.disposed && url.startsWith('blob:'));
});

test('linked signals carry the reason down and stop listening when released', () => {
  const parent = new AbortController();
  const linked = linkAbort(parent.signal, undefined);
  const released = linkAbort(parent.signal);
  released.release();
  parent.abort(new AnjuanError('client-closed'));
  assert.equal(abortError(linked.signal).code, 'client-closed');
  assert.equal(released.signal.aborted, false);
  linked.abort(new AnjuanError('network-timeout'));
  assert.equal(abortError(linked.signal).code, 'client-closed', 'the first reason stays');
});

test('a plain abort is `aborted`, whatever reason the host gave', () => {
  const controller = new AbortController();
  assert.doesNotThrow(() => throwIfAborted(controller.signal));
  controller.abort('host reason');
  assert.throws(() => throwIfAborted(controller.signal), { code: 'aborted' });
  let called = 0;
  onAbort(controller.signal, () => (called += 1));
  assert.equal(called, 1);
});

test('waiting ends with the promise or with the abort, and a delay leaves no timer', async () => {
  const controller = new AbortController();
  assert.equal(await untilAborted(Promise.resolve(7), controller.signal), 7);
  const clock = new ManualClock();
  const waiting = failure(delay(clock, 1000, controller.signal));
  const hanging = failure(untilAborted(new Promise(() => undefined), controller.signal));
  controller.abort();
  assert.deepEqual([(await waiting).code, (await hanging).code], ['aborted', 'aborted']);
  assert.equal(clock.pending, 0);
});
