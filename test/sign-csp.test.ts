// Law 8 for signing: sign, seal, verify and look at what was signed under the strictest policy, which forbids WebAssembly, too.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser } from 'playwright-core';
import { chromiumFlags, requireChromium } from '../scripts/lib/chromium.mjs';
import { badge, confirm, openConsent, prepare } from './examples/support/sign-page.js';
import { staff } from './examples/support/ward.js';
import { openWatched } from './support/watched-page.js';
import { startWritableHost, type WritableHost } from './support/writable-host.js';

describe('law 8: signing under the strictest policy', () => {
  let host: WritableHost;
  let browser: Browser;
  before(async () => {
    host = await startWritableHost(staff, { policy: { wasm: false } });
    browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumFlags] });
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

  test('a consent is signed, sealed and verified without a violation; all requests stay with the origin', async () => {
    const { page, problems, close } = await openWatched(browser, host.origin);
    const workers = new Set<string>();
    const requested = new Set<string>();
    page.on('worker', (worker) => workers.add(worker.url()));
    page.on('request', (request) => requested.add(new URL(request.url()).pathname));
    await openConsent(page, host);
    await prepare(page);
    await confirm(page);
    await badge(page).filter({ hasText: '测试签名有效' }).waitFor({ timeout: 60_000 });
    await badge(page).click();
    await page.locator('#report').getByRole('button', { name: '查看签署时的内容' }).first().click();
    await page.locator('#signed-pages canvas').first().waitFor();
    assert.deepEqual(problems, []);
    assert.ok(workers.has(`${host.origin}/anjuan/assets/sign/sign.worker.js`), [...workers].join());
    assert.ok([...workers].every((url) => url.startsWith(`${host.origin}/anjuan/assets/`)));
    for (const path of ['/pki/tsa', '/pki/relay', '/pki/staff/csc/v2/signatures/signHash']) {
      assert.ok(requested.has(path) || host.asked.some((asked) => asked.path === path), `${path} was asked`);
    }
    await close();
  });
});
