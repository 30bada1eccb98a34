import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { ManualClock } from '@anjuan/core/testing';
import { fakeEnvironment, type FakeEnvironment } from '../../testing/fake-camera.js';
import { accessOf, diagnoseAccess, IFRAME_ALLOW, type AccessFeature } from './diagnose-access.js';
import { browserEnvironment } from './environment.js';
import { probeService } from './probe-service.js';

const asked = { 'loopback-network': 'prompt', camera: 'prompt' } as const;

test('each feature says where it stands and what to do', async () => {
  const cases: readonly (readonly [AccessFeature, Partial<FakeEnvironment>, string, string, string?])[] = [
    ['camera', { permissions: { camera: 'granted' } }, 'available', 'nothing'],
    ['camera', { permissions: { camera: 'prompt' } }, 'ask', 'answerAllow'],
    ['camera', {}, 'ask', 'answerAllow'],
    ['camera', { permissions: { camera: 'denied' } }, 'denied-by-user', 'siteSettings'],
    ['camera', { secure: false, apis: [] }, 'insecure-context', 'serveHttps'],
    ['camera', { apis: [] }, 'unsupported-browser', 'useChromium'],
    ['camera', { policy: { camera: false } }, 'blocked-by-policy', 'permissionsPolicy', 'camera'],
    ['camera', { policy: { camera: false }, embedded: true }, 'blocked-by-iframe', 'iframeAllow', 'camera'],
    ['hid', {}, 'ask', 'chooseDevice'],
    ['hid', { paired: ['hid'] }, 'available', 'nothing'],
    ['usb', { policy: { usb: false }, embedded: true }, 'blocked-by-iframe', 'iframeAllow', 'usb'],
    ['serial', { apis: ['camera'] }, 'unsupported-browser', 'useChromium'],
    ['services', {}, 'available', 'nothing'],
    ['services', { permissions: { 'loopback-network': 'granted' } }, 'available', 'nothing'],
    ['services', { permissions: asked }, 'ask', 'answerAllow'],
    ['services', { permissions: asked, local: true }, 'available', 'nothing'],
    ['services', { permissions: { 'loopback-network': 'denied' } }, 'local-network-blocked', 'allowLocalNetwork'],
    ['services', { permissions: { 'local-network-access': 'denied' } }, 'local-network-blocked', 'allowLocalNetwork'],
    ['services', { permissions: { 'loopback-network': 'denied' }, secure: false }, 'insecure-context', 'serveHttps'],
    [
      'services',
      { permissions: { 'loopback-network': 'denied' }, policy: { 'loopback-network': false }, embedded: true },
      'blocked-by-iframe',
      'iframeAllow',
      'loopback-network',
    ],
  ];
  for (const [feature, environment, state, fix, token] of cases) {
    const access = await accessOf(feature, fakeEnvironment(environment));
    assert.deepEqual(access, { feature, state, fix, ...(token !== undefined && { token }) });
  }
});

test('the report has every feature, and the whole allow list when the iframe lacks something', async () => {
  const report = await diagnoseAccess({ environment: fakeEnvironment({ embedded: true, policy: { hid: false } }) });
  assert.deepEqual(
    report.features.map(({ feature }) => feature),
    ['camera', 'hid', 'usb', 'serial', 'services'],
  );
  assert.equal(report.iframeAllow, 'camera; hid; usb; serial; loopback-network');
  assert.equal(report.iframeAllow, IFRAME_ALLOW);
  const open = await diagnoseAccess({ environment: fakeEnvironment() });
  assert.ok(!('iframeAllow' in open));
});

test('outside of a browser nothing is available and nothing is thrown', async () => {
  const { features } = await diagnoseAccess({ environment: browserEnvironment() });
  assert.deepEqual(
    features.filter(({ feature }) => feature !== 'services').map(({ state }) => state),
    ['insecure-context', 'insecure-context', 'insecure-context', 'insecure-context'],
  );
});

test('a service that runs, one that does not, and one that the page may not reach are told apart', async () => {
  const server = createServer((_request, response) => response.writeHead(400).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const granted = fakeEnvironment({ permissions: { 'loopback-network': 'granted' } });
  const url = `ws://127.0.0.1:${port}/`;
  assert.deepEqual(await probeService(url, { environment: granted }), { status: 'running' });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  assert.deepEqual(await probeService(url, { environment: granted }), { status: 'not-installed' });

  let sent = 0;
  const fetch = async (): Promise<unknown> => {
    sent += 1;
    throw new TypeError('Failed to fetch');
  };
  const denied = fakeEnvironment({ permissions: { 'loopback-network': 'denied' } });
  assert.deepEqual(await probeService(url, { environment: denied, fetch }), {
    status: 'blocked',
    by: 'local-network-blocked',
  });
  const prompt = fakeEnvironment({ permissions: { 'loopback-network': 'prompt' } });
  assert.deepEqual(await probeService(url, { environment: prompt, fetch }), { status: 'unknown' });
  assert.equal(sent, 0, 'nothing is sent where nobody was asked');
});

test('after a question the answer counts: refused is blocked, allowed but unreachable is not installed', async () => {
  for (const [answer, expected] of [
    ['denied', { status: 'blocked', by: 'local-network-blocked' }],
    ['granted', { status: 'not-installed' }],
  ] as const) {
    let state: PermissionState = 'prompt';
    const environment = { ...fakeEnvironment(), permission: () => Promise.resolve(state) };
    const fetch = async (): Promise<unknown> => {
      state = answer;
      throw new TypeError('Failed to fetch');
    };
    assert.deepEqual(await probeService('http://127.0.0.1:1/', { environment, fetch, prompt: 'allow' }), expected);
  }
});

test('a service that hangs is told as such, and waiting can be ended', async () => {
  const clock = new ManualClock();
  const environment = fakeEnvironment();
  const fetch = (): Promise<unknown> => new Promise(() => undefined);
  const hanging = probeService('http://127.0.0.1:1/', { environment, fetch, clock });
  assert.deepEqual(await clock.settle(hanging), { status: 'no-answer' });
  const controller = new AbortController();
  const ended = probeService('http://127.0.0.1:1/', { environment, fetch, clock, signal: controller.signal });
  controller.abort();
  await assert.rejects(ended, (error) => AnjuanError.is(error, 'aborted'));
  assert.equal(clock.pending, 0);
});
