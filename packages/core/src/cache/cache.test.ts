import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { failure } from '../../test-support/failure.js';
import { AnjuanError } from '../errors/anjuan-error.js';
import { LruCache } from './lru-cache.js';
import { SharedCalls, type SharedContext } from './shared-calls.js';

test('the cache never exceeds its budget and always keeps what was used last', () => {
  const step = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), cost: fc.integer({ min: 0, max: 12 }) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const cache = new LruCache<number>({ budget: 10 });
      for (const [index, { key, cost }] of steps.entries()) {
        cache.set(key, index, cost);
        assert.ok(cache.used <= 10);
        assert.equal(cache.get(key), cost <= 10 ? index : undefined);
      }
    }),
  );
});

test('a use saves an entry, clear forgets all', () => {
  const cache = new LruCache<string>({ budget: 2 });
  cache.set('a', 'A', 1);
  cache.set('b', 'B', 1);
  cache.get('a');
  cache.set('c', 'C', 1);
  assert.deepEqual([cache.get('a'), cache.get('b'), cache.get('c')], ['A', undefined, 'C']);
  cache.clear();
  assert.deepEqual([cache.get('a'), cache.used], [undefined, 0]);
});

test('callers share one flight, which takes the most urgent lane among them', async () => {
  const shared = new SharedCalls();
  const contexts: SharedContext[] = [];
  let land: (value: string) => void = () => undefined;
  const start = (context: SharedContext): Promise<string> => {
    contexts.push(context);
    return new Promise((resolve) => {
      land = resolve;
    });
  };
  const first = shared.join('k', { lane: 'background' }, start);
  const second = shared.join('k', { lane: 'interactive' }, start);
  const third = shared.join('k', { lane: 'ahead' }, start);
  assert.equal(contexts.length, 1);
  assert.equal(contexts[0]?.ticket.lane, 'interactive');
  land('x');
  assert.deepEqual(await Promise.all([first, second, third]), ['x', 'x', 'x']);
});

test('a failure reaches every waiter and is not remembered', async () => {
  const shared = new SharedCalls();
  let calls = 0;
  const start = (): Promise<string> => {
    calls += 1;
    return calls === 1 ? Promise.reject(new AnjuanError('server-fault')) : Promise.resolve('good');
  };
  const [a, b] = await Promise.all([failure(shared.join('k', {}, start)), failure(shared.join('k', {}, start))]);
  assert.deepEqual([a.code, b.code], ['server-fault', 'server-fault']);
  assert.equal(await shared.join('k', {}, start), 'good');
});

test('a newcomer does not board a flight that its last waiter just cancelled', async () => {
  const shared = new SharedCalls();
  const controller = new AbortController();
  let calls = 0;
  const start = (context: SharedContext): Promise<string> => {
    calls += 1;
    // The first takes its time to notice that it was cancelled.
    return calls === 1 ? new Promise(() => context.signal) : Promise.resolve('fresh');
  };
  const cancelled = failure(shared.join('k', { signal: controller.signal }, start));
  controller.abort();
  assert.equal((await cancelled).code, 'aborted');
  assert.equal(await shared.join('k', {}, start), 'fresh');
});
