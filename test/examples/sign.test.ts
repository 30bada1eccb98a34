// Sign a consent: the pad, the hospital's services, the archive, and what the viewer says, before and after tampering.
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { SAMPLE_PIN } from '../../examples/services/hospital-pki.js';
import { chromiumFlags, requireChromium } from '../../scripts/lib/chromium.mjs';
import { openWatched } from '../support/watched-page.js';
import { startWritableHost } from '../support/writable-host.js';
import { staff } from './support/ward.js';

const consent = { recordId: 'small-consent', documentId: 'small-consent-consent-unsigned' } as const;
type WritableHost = Awaited<ReturnType<typeof startWritableHost>>;

/** A stroke of the mouse over the paper of the pad. */
async function write(page: Page): Promise<void> {
  const box = await page.locator('#sign-pad [part~="paper"]').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  for (let step = 0; step < 20; step += 1) {
    await page.mouse.move(box.x + 60 + step * 8, box.y + 60 + 30 * Math.sin(step / 2));
  }
  await page.mouse.up();
}

async function openConsent(page: Page, host: WritableHost): Promise<void> {
  await page.goto(`${host.origin}/emr/#record=${consent.recordId}`);
  await page.locator('#stays [aria-current="true"]').waitFor();
}

const badge = (page: Page) => page.locator('anjuan-viewer .doc-verdict');

describe('sign a consent', () => {
  let host: WritableHost;
  let browser: Browser;
  before(async () => {
    host = await startWritableHost(staff);
    browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumFlags] });
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  test('nothing is signed with a wrong PIN; with the right one the viewer shows badge and report', async () => {
    const { page, problems, close } = await openWatched(browser, host.origin);
    await openConsent(page, host);
    await page.locator('#sign').click();
    await write(page);
    await page.locator('#sign-pin').fill('000000');
    await page.locator('#sign-confirm').click();
    await page
      .locator('#sign-note')
      .filter({ hasText: /密码|取消/ })
      .waitFor();
    await page.locator('#sign-pin').fill(SAMPLE_PIN);
    await page.locator('#sign-confirm').click();
    await badge(page).filter({ hasText: '测试签名有效' }).waitFor({ timeout: 60_000 });
    await badge(page).click();
    const report = page.locator('#report');
    await report.locator('.verdict').waitFor();
    assert.equal(await report.locator('[part=signature]').count(), 2);
    assert.match(await report.locator('.signatures').innerText(), /测试医师 甲[\s\S]*电子病历专用章/);
    assert.match(await report.locator('.signatures').innerText(), /B-LT/);
    // The signing service answers a wrong PIN with 400.
    assert.deepEqual(
      problems.filter((problem) => !problem.includes('status of 400')),
      [],
    );
    await close();
  });

  test('a byte changed in the stored file is seen', async () => {
    const folder = join(host.dataDir, 'blobs');
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    let changed = 0;
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      const bytes = await readFile(path);
      if (!bytes.includes('/ByteRange') || bytes.subarray(0, 5).toString() !== '%PDF-') continue;
      bytes[400] = (bytes[400] ?? 0) ^ 1;
      await writeFile(path, bytes);
      changed += 1;
    }
    assert.equal(changed, 1);
    const { page, close } = await openWatched(browser, host.origin);
    await openConsent(page, host);
    await badge(page).filter({ hasText: '签名无效' }).waitFor({ timeout: 60_000 });
    await close();
  });
});
