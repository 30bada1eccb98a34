import { build } from 'esbuild';
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumFlags, requireChromium } from '../../../../../scripts/lib/chromium.mjs';
import { serveHttp } from '../../../test-support/simulator-servers.js';
import { EloamHttpSimulator } from '../../testing/vendor-simulators/eloam-http-simulator.js';

/** The source as a page of a hospital would load it. */
async function bundle(): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('./index.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    globalName: 'vendor',
    conditions: ['anjuan-source'],
    write: false,
  });
  return result.outputFiles[0]?.text ?? '';
}

async function servePage(script: string): Promise<Server> {
  const server = createServer((request, response) => {
    const isScript = request.url === '/vendor.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? script : '<!doctype html><script src="/vendor.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

test('Chromium keeps a page of the internet from this computer: blocked, then granted, then not installed', async () => {
  const page = await servePage(await bundle());
  const { port } = page.address() as AddressInfo;
  const service = await serveHttp(new EloamHttpSimulator());
  // The page counts as one of the internet; the service does not.
  const browser = await chromium.launch({
    executablePath: requireChromium(),
    args: [...chromiumFlags, `--ip-address-space-overrides=127.0.0.1:${port}=public`],
  });
  try {
    const context = await browser.newContext();
    const tab = await context.newPage();
    const origin = `http://127.0.0.1:${port}`;
    await tab.goto(origin);
    const listing = (): Promise<string> =>
      tab.evaluate(async (baseUrl) => {
        const { vendor } = globalThis as unknown as { vendor: typeof import('./index.js') };
        const source = vendor.createEloamHttpSource({ baseUrl, pageHost: 'emr.hospital.test' });
        try {
          return (await source.list()).map(({ deviceId }) => deviceId).join();
        } catch (error) {
          return (error as { code?: string }).code ?? String(error);
        }
      }, `http://${service.host}`);
    assert.equal(await listing(), 'service-blocked');
    const session = await browser.newBrowserCDPSession();
    const { targetInfo } = await (await context.newCDPSession(tab)).send('Target.getTargetInfo');
    const { browserContextId } = targetInfo;
    await session.send('Browser.grantPermissions', {
      origin,
      permissions: ['loopbackNetwork', 'localNetworkAccess'] as never,
      ...(browserContextId !== undefined && { browserContextId }),
    });
    assert.equal(await listing(), 'eloam-http:0,eloam-http:1');
    await service.close();
    assert.equal(await listing(), 'service-not-installed');
  } finally {
    await browser.close();
    await service.close();
    page.closeAllConnections();
    page.close();
  }
});
