import { ManualClock } from '@anjuan/core/testing';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf } from '../../../test-support/typed-failure.js';
import { EloamHttpSimulator } from '../../testing/vendor-simulators/eloam-http-simulator.js';
import { EloamSocketSimulator } from '../../testing/vendor-simulators/eloam-ws-simulator.js';
import { fetchOf } from '../../testing/vendor-simulators/http-simulator.js';
import { socketClassOf } from '../../testing/vendor-simulators/socket-simulator.js';
import { createEloamHttpSource } from './eloam-http/source.js';
import { createEloamSocketSource } from './eloam-ws/source.js';
import { serviceReach } from './shared/service-fault.js';

const pageHost = 'emr.hospital.test';

/** A browser that knows these permissions only. */
const knowing = (states: Readonly<Record<string, string>>) => ({
  query: ({ name }: { readonly name: string }) => {
    const state = states[name];
    return state === undefined ? Promise.reject(new TypeError('unknown permission')) : Promise.resolve({ state });
  },
});

/** Codes of both kinds of connection when nothing answers. */
async function codes(states: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const http = new EloamHttpSimulator();
  const socket = new EloamSocketSimulator();
  http.stop();
  socket.stop();
  const access = { permissions: knowing(states), pageHost, clock: new ManualClock() };
  return [
    await codeOf(createEloamHttpSource({ fetch: fetchOf(http), ...access }).list()),
    await codeOf(createEloamSocketSource({ WebSocket: socketClassOf(socket), ...access }).list()),
  ];
}

test('a service that does not run is told from one that the browser keeps away', async () => {
  const missing = ['service-not-installed', 'service-not-installed'];
  const blocked = ['service-blocked', 'service-blocked'];
  assert.deepEqual(await codes({ 'loopback-network': 'granted' }), missing);
  assert.deepEqual(await codes({ 'loopback-network': 'prompt' }), blocked);
  assert.deepEqual(await codes({ 'loopback-network': 'denied' }), blocked);
  assert.deepEqual(await codes({ 'local-network-access': 'denied' }), blocked, 'the name of older versions');
  assert.deepEqual(await codes({}), missing, 'a browser without the permission');
});

test('what the browser has refused is not even tried', async () => {
  let tried = 0;
  const fetch = (): Promise<Response> => {
    tried += 1;
    return Promise.reject(new TypeError('Failed to fetch'));
  };
  const source = createEloamHttpSource({ fetch, pageHost, permissions: knowing({ 'loopback-network': 'denied' }) });
  assert.equal(await codeOf(source.list()), 'service-blocked');
  assert.equal(tried, 0);
});

test('a page of this computer needs no permission; other computers have one of their own', async () => {
  const permissions = knowing({ 'loopback-network': 'prompt', 'local-network': 'granted' });
  assert.equal(await serviceReach('http://127.0.0.1:38088', { permissions, pageHost: 'localhost' }), 'granted');
  assert.equal(await serviceReach('http://127.0.0.1:38088', { permissions, pageHost }), 'prompt');
  assert.equal(await serviceReach('http://192.0.2.7:38088', { permissions, pageHost }), 'granted');
});

test('nobody is asked for a permission by looking for changes', async () => {
  const clock = new ManualClock();
  let tried = 0;
  const fetch = (): Promise<Response> => {
    tried += 1;
    return Promise.reject(new TypeError('Failed to fetch'));
  };
  const source = createEloamHttpSource({
    fetch,
    clock,
    pageHost,
    permissions: knowing({ 'loopback-network': 'prompt' }),
  });
  const stop = source.watch(() => undefined);
  await clock.advance(10_000);
  stop();
  assert.deepEqual([tried, clock.pending], [0, 0]);
});
