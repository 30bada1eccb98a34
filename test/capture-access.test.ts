import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { chromium, type Browser, type Frame, type Page } from 'playwright-core';
import type { createCameraSource, diagnoseAccess, probeService } from '@anjuan/capture';
import { chromiumFlags, requireChromium } from '../scripts/lib/chromium.mjs';
import { workspaceBuild } from '../scripts/lib/workspace-build.mjs';

interface CaptureWindow {
  readonly createCameraSource: typeof createCameraSource;
  readonly diagnoseAccess: typeof diagnoseAccess;
  readonly probeService: typeof probeService;
}

/** What a page finds: state of each feature, the outcome of opening the camera, a service that runs and one that does not. */
interface Findings {
  readonly states: Readonly<Record<string, string>>;
  readonly camera: string;
  readonly running: string;
  readonly missing: string;
}

const closers: (() => void)[] = [];
let files = new Map<string, Uint8Array>();
let main = 0;
let other = 0;
let publicPort = 0;
let service = 0;

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const page: RequestListener = (request, response) => {
  const script = files.get((request.url ?? '').slice(1));
  if (script) return void response.setHeader('content-type', 'text/javascript').end(script);
  response.setHeader('content-type', 'text/html');
  const frame = (allow: string): string => `<iframe allow="${allow}" src="http://localhost:${other}/"></iframe>`;
  if (request.url === '/policy') response.setHeader('permissions-policy', 'camera=(), hid=()');
  if (request.url === '/outer') response.end(frame(''));
  else if (request.url === '/allowing') response.end(frame('camera; hid; usb; serial; loopback-network'));
  else response.end('<!doctype html><script type="module" src="/entry.js"></script>');
};

before(async () => {
  const { outputFiles = [] } = await build({
    ...workspaceBuild,
    stdin: {
      contents: `import { createCameraSource, diagnoseAccess, probeService } from '@anjuan/capture';
        Object.assign(globalThis, { createCameraSource, diagnoseAccess, probeService });`,
      resolveDir: workspaceBuild.absWorkingDir ?? '',
      loader: 'ts',
    },
    ...{ format: 'esm', splitting: true, write: false, outdir: '/', entryNames: 'entry' },
  });
  files = new Map(outputFiles.map(({ path, contents }) => [path.split(/[\\/]/).at(-1) ?? '', contents]));
  [main, other, publicPort] = [await serve(page), await serve(page), await serve(page)];
  service = await serve((_request, response) => void response.writeHead(400).end());
});

after(() => closers.forEach((close) => close()));

async function browserWith(flags: readonly string[]): Promise<Browser> {
  const args = [
    ...chromiumFlags,
    ...flags,
    '--host-resolver-rules=MAP hospital.test 127.0.0.1',
    `--ip-address-space-overrides=127.0.0.1:${publicPort}=public`,
    `--unsafely-treat-insecure-origin-as-secure=http://hospital.test:${publicPort}`,
  ];
  const browser = await chromium.launch({ executablePath: requireChromium(), args });
  closers.push(() => void browser.close());
  return browser;
}

/** Opens the page in a fresh profile, with permissions as given, and lets it find out. */
async function findings(
  browser: Browser,
  url: string,
  options: { readonly permissions?: Readonly<Record<string, string>>; readonly inside?: boolean } = {},
): Promise<Findings> {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const session = await context.newCDPSession(tab);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  const profile = targetInfo.browserContextId;
  const whole = await browser.newBrowserCDPSession();
  for (const [name, setting] of Object.entries(options.permissions ?? {}))
    await whole.send('Browser.setPermission', {
      permission: { name },
      setting: setting as 'granted',
      ...(profile !== undefined && { browserContextId: profile }),
    });
  await tab.goto(url);
  const found = await findIn(options.inside ? (tab.frames()[1] ?? tab) : tab);
  await context.close();
  return found;
}

async function findIn(frame: Page | Frame): Promise<Findings> {
  await frame.waitForFunction(() => 'diagnoseAccess' in globalThis);
  return frame.evaluate(async (port) => {
    const capture = globalThis as unknown as CaptureWindow;
    const report = await capture.diagnoseAccess();
    const source = capture.createCameraSource();
    const camera = await source.open('camera').then(
      (session) => {
        session.close();
        return 'opened';
      },
      (error: { code: string }) => error.code,
    );
    const states = Object.fromEntries(report.features.map(({ feature, state }) => [feature, state]));
    const { status: running } = await capture.probeService(`http://127.0.0.1:${port}/`);
    const { status: missing } = await capture.probeService('ws://127.0.0.1:1/');
    return { states, camera, running, missing };
  }, service);
}

test('a page sees what browser, iframe, policy and plain http forbid, before and after asking', async () => {
  const browser = await browserWith(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']);
  const seen = (found: Findings): readonly (string | undefined)[] => [
    found.states.camera,
    found.states.hid,
    found.camera,
  ];
  const open = await findings(browser, `http://localhost:${main}/`);
  assert.deepEqual(seen(open), ['available', 'ask', 'opened']);
  assert.deepEqual([open.running, open.missing], ['running', 'not-installed']);
  const blocked = ['blocked-by-iframe', 'blocked-by-iframe', 'permission-policy-blocked'];
  assert.deepEqual(seen(await findings(browser, `http://127.0.0.1:${main}/outer`, { inside: true })), blocked);
  const allowed = await findings(browser, `http://127.0.0.1:${main}/allowing`, { inside: true });
  assert.deepEqual(seen(allowed), ['available', 'ask', 'opened']);
  const policy = ['blocked-by-policy', 'blocked-by-policy', 'permission-policy-blocked'];
  assert.deepEqual(seen(await findings(browser, `http://localhost:${main}/policy`)), policy);
  const http = await findings(browser, `http://hospital.test:${main}/`);
  assert.deepEqual(seen(http), ['insecure-context', 'insecure-context', 'insecure-context']);
  assert.deepEqual([http.states.services, http.running], ['insecure-context', 'blocked']);
});

test('a public page tells a service that does not run from one that the browser blocks', async () => {
  const browser = await browserWith(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']);
  const expected = {
    prompt: ['ask', 'unknown', 'unknown'],
    denied: ['local-network-blocked', 'blocked', 'blocked'],
    granted: ['available', 'running', 'not-installed'],
  };
  for (const [setting, outcome] of Object.entries(expected)) {
    const permissions = { 'loopback-network': setting };
    const { states, running, missing } = await findings(browser, `http://hospital.test:${publicPort}/`, {
      permissions,
    });
    assert.deepEqual([states.services, running, missing], outcome, setting);
  }
});

test('a refused camera and a computer without one are told apart', async () => {
  const refusing = await browserWith(['--use-fake-device-for-media-stream']);
  const refused = await findings(refusing, `http://localhost:${main}/`, { permissions: { camera: 'denied' } });
  assert.deepEqual([refused.states.camera, refused.camera], ['denied-by-user', 'camera-denied']);
  const bare = await browserWith(['--use-fake-ui-for-media-stream']);
  assert.equal((await findings(bare, `http://localhost:${main}/`)).camera, 'camera-not-found');
});
