// Law 8 for capture: the ward page scans under the strictest policy, which forbids WebAssembly, too.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser } from 'playwright-core';
import type { Scope } from '@anjuan/core';
import type { AnjuanCapture, OpenPipeline } from '@anjuan/capture';
import { chromiumFlags, requireChromium } from '../scripts/lib/chromium.mjs';
import { staff } from './examples/support/ward.js';
import type { Host } from './support/host.js';
import { openWatched } from './support/watched-page.js';
import { startWritableHost } from './support/writable-host.js';

const wardPage = '/emr/#record=small-empty';

/** What the page keeps for the test. */
interface Kept {
  backend?: Promise<string>;
}

describe('law 8: capture under the strictest policy', () => {
  let host: Host;
  let browser: Browser;
  before(async () => {
    host = await startWritableHost(staff, { policy: { wasm: false } });
    const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
    browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumFlags, ...camera] });
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  test('the policy that is served forbids WebAssembly and names no other origin', async () => {
    const policy = (await fetch(`${host.origin}/emr/`)).headers.get('content-security-policy') ?? '';
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /require-trusted-types-for 'script'/);
    assert.doesNotMatch(policy, /wasm|unsafe|https?:/);
  });

  test('one page is captured from the camera and worked on in plain script, without a violation', async () => {
    const { page, problems, close } = await openWatched(browser, host.origin);
    const workers = new Set<string>();
    page.on('worker', (worker) => workers.add(worker.url()));
    await page.goto(host.origin + wardPage);
    await page.locator('#stays [aria-current="true"]').waitFor();
    await page.evaluate(async () => {
      const devices = '/anjuan/anjuan-capture-devices.min.js';
      const { openPipeline } = (await import(devices)) as { openPipeline: OpenPipeline };
      const capture = document.querySelector<AnjuanCapture>('anjuan-capture');
      const kept = globalThis as unknown as Kept;
      if (!capture) throw new Error('The ward page has no capture element.');
      capture.openPipeline = async (options: { readonly assetsUrl: string; readonly scope: Scope }) => {
        const pipeline = await openPipeline(options);
        kept.backend = pipeline.backend();
        return pipeline;
      };
    });
    await page.locator('#scan').click();
    const start = page.getByRole('button', { name: '开启摄像头' }).first();
    const preview = page.locator('anjuan-capture video');
    await start.or(preview).first().waitFor();
    if (await start.isVisible()) await start.click();
    await preview.waitFor();
    const ready = page.evaluate(
      () =>
        new Promise<{ code?: string; findingCount?: number }>((resolve) => {
          const capture = document.querySelector('anjuan-capture');
          capture?.addEventListener('anjuan-page-ready', ({ detail }) => resolve(detail));
          capture?.addEventListener('anjuan-error', ({ detail }) => resolve(detail));
        }),
    );
    await page.locator('anjuan-capture [part~="shutter"][data-state="ready"]').click();
    assert.equal((await ready).code, undefined);
    assert.equal(await page.evaluate(() => document.querySelector<AnjuanCapture>('anjuan-capture')?.pageCount), 1);
    assert.equal(await page.evaluate(() => (globalThis as unknown as Kept).backend), 'script');
    assert.deepEqual([...workers], [`${host.origin}/anjuan/assets/capture/pipeline.worker.js`]);
    assert.deepEqual(problems, []);
    await close();
  });
});
