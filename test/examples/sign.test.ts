// Sign a consent: the pad, the hospital's services, the archive, and what the viewer says, before and after tampering.
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser } from 'playwright-core';
import { SAMPLE_PIN } from '../../examples/services/hospital-pki.js';
import { chromiumFlags, requireChromium } from '../../scripts/lib/chromium.mjs';
import { openWatched } from '../support/watched-page.js';
import { startWritableHost, type WritableHost } from '../support/writable-host.js';
import { badge, confirm, consent, openConsent, prepare, said } from './support/sign-page.js';
import { signInAs, staff } from './support/ward.js';

/** Of the committed record. */
const patientId = 'pt-small-consent';

describe('sign a consent', () => {
  let host: WritableHost;
  let browser: Browser;
  before(async () => {
    // The patient whose consent it is.
    const [doctor, clerk, patient] = staff;
    assert.ok(doctor && clerk && patient);
    host = await startWritableHost([doctor, clerk, { ...patient, subject: patientId, patientId }]);
    browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumFlags] });
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  test('nothing is signed with a wrong PIN; with the right one the viewer shows badge and report', async () => {
    const { page, problems, close } = await openWatched(browser, host.origin);
    await openConsent(page, host);
    await prepare(page, { pin: '000000' });
    await confirm(page);
    await said(page, /密码不正确。请重新输入；连续输错，证书会被锁定。 没有签署任何内容，笔迹仍在。/);
    await page.locator('#sign-pin').fill(SAMPLE_PIN);
    await confirm(page);
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

  test('another doctor signs the signed consent; both signatures and the seal stay valid', async () => {
    const { page, close } = await openWatched(browser, host.origin);
    await openConsent(page, host);
    await page.locator('#sign').filter({ hasText: '谈话医师签署' }).waitFor({ timeout: 60_000 });
    await prepare(page);
    await confirm(page);
    await page.locator('#sign-said').filter({ hasText: '已签署并存入病案' }).waitFor();
    await badge(page).filter({ hasText: '测试签名有效' }).waitFor({ timeout: 60_000 });
    await badge(page).click();
    const report = page.locator('#report');
    await report.locator('.verdict').filter({ hasText: '3 个签名全部有效' }).waitFor();
    assert.match(await report.locator('.signatures').innerText(), /测试医师 甲[\s\S]*专用章[\s\S]*测试医师 乙/);
    await page.locator('#report-close').click();
    assert.equal(await page.locator('#sign').isVisible(), false, 'nothing is left to sign');
    await close();
  });

  test('record room and patient see badge, report and what was signed, and no button that fails', async () => {
    const { page, problems, close } = await openWatched(browser, host.origin);
    await page.goto(`${host.origin}/emr/`);
    await page.locator('#stays button').first().waitFor();
    for (const user of ['clerk', 'patient']) {
      await signInAs(page, user);
      await page.evaluate((recordId) => (location.hash = `record=${recordId}`), consent.recordId);
      await badge(page).filter({ hasText: '测试签名有效' }).waitFor({ timeout: 60_000 });
      assert.equal(await page.locator('#sign').isVisible(), false);
      await badge(page).click();
      await page.locator('#report').getByRole('button', { name: '查看签署时的内容' }).first().click();
      await page.locator('#signed-pages canvas').first().waitFor();
      await page.locator('#signed-close').click();
      await page
        .locator('#report')
        .getByRole('button', { name: /定位到签名/ })
        .first()
        .click();
      await page.locator('#report-dialog').waitFor({ state: 'hidden' });
    }
    assert.deepEqual(problems, []);
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
    // The version with two signatures, and the one with three.
    assert.equal(changed, 2);
    const { page, close } = await openWatched(browser, host.origin);
    await openConsent(page, host);
    await badge(page).filter({ hasText: '签名无效' }).waitFor({ timeout: 60_000 });
    await close();
  });
});
