// The example hospital screen, as its users meet it: sign in, open, deep link, language, another user.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import type { AnjuanViewer } from '@anjuan/viewer';
import type { Host } from '../support/host.js';
import { shownPage } from '../support/record-probe.js';
import { launchChromium } from '../support/watched-page.js';
import { mixed, people, signInAs, startWard, visit, wardPath } from './support/ward.js';

const statusOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => (document.querySelector('anjuan-viewer') as AnjuanViewer | null)?.status);

/** Share of dark pixels where the pages are: print on paper, neither blank nor black. */
async function inkOf(page: Page): Promise<number> {
  const picture = await page.locator('anjuan-viewer [part~="pages"]').screenshot();
  const pixels = await sharp(picture).greyscale().raw().toBuffer();
  return pixels.filter((level) => level < 110).length / pixels.length;
}

const nameOf = (recordId: string): string => {
  const index = ['small-broken', 'small-consent', 'small-empty', 'small-mixed', 'small-single'].indexOf(recordId);
  return people()[index]?.name ?? '';
};

describe('the example hospital screen', () => {
  let host: Host;
  let browser: Browser;
  before(async () => {
    host = await startWard();
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  test('a doctor signs in: the ward list is there, the first discharged record opens, its page is painted', () =>
    visit({ browser, host, path: '/emr/' }, async ({ page, problems }) => {
      const { recordId } = await shownPage(page);
      assert.equal(await page.locator('#banner strong').textContent(), nameOf(recordId));
      assert.equal(await page.locator('#stays [aria-current="true"] .name').textContent(), nameOf(recordId));
      assert.ok((await page.locator('#stays button').count()) >= 3, 'the stays of the department are listed');
      assert.ok((await page.locator('.order').count()) > 5, 'orders fit the diagnosis');
      const ink = await inkOf(page);
      assert.ok(ink > 0.002 && ink < 0.5, `${ink} of the page is ink`);
      assert.deepEqual(problems, []);
    }));

  test('a phone offers scanning into a stay, and a way out of it', () =>
    visit({ browser, host, path: '/emr/#record=small-empty' }, async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.locator('#scan').click();
      await page.locator('#scan-close').click();
      await page.locator('#scan-dialog').waitFor({ state: 'hidden' });
    }));

  test('a deep link opens its page, and the address follows the reader', () =>
    visit({ browser, host, path: wardPath({ pageNumber: 5 }) }, async ({ page }) => {
      assert.deepEqual(await shownPage(page).then(({ recordId, pageNumber }) => ({ recordId, pageNumber })), {
        recordId: mixed.recordId,
        pageNumber: 5,
      });
      assert.equal(await page.locator('anjuan-viewer [part~="page-field"]').inputValue(), '5');
      await page.evaluate(() => (document.querySelector('anjuan-viewer') as AnjuanViewer | null)?.goToPage(9));
      await page.waitForURL(/#record=small-mixed&page=(9|10)$/);
    }));

  test('the language switches in place: same record, no second opening', () =>
    visit({ browser, host, path: wardPath() }, async ({ page }) => {
      await shownPage(page);
      await page.locator('#language').click();
      await page.getByRole('heading', { name: 'Ward workstation' }).waitFor();
      await page.getByRole('tab', { name: 'Contents' }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
      assert.equal(await statusOf(page), 'ready');
      const openings = await page.evaluate(
        () => (globalThis as unknown as { heardEvents: Record<string, unknown[]> }).heardEvents['anjuan-record-opened'],
      );
      assert.equal(openings?.length, 1);
    }));

  test('another user signs in: the record is closed, a patient sees the own stays only', () =>
    visit({ browser, host, path: wardPath() }, async ({ page }) => {
      await shownPage(page);
      await signInAs(page, 'clerk');
      await page.getByText('<img src=x').first().waitFor();
      const [own, others] = [nameOf(mixed.recordId), people().filter(({ name }) => name !== nameOf(mixed.recordId))];
      for (const { name } of others) await page.locator('#stays', { hasText: name }).waitFor();

      await page.locator('#user').selectOption('patient');
      assert.equal(await statusOf(page), 'idle', 'nothing of the former user stays open');
      await page.locator('body[data-role="patient"] #stays button').first().waitFor();
      const seen = await page.locator('body').innerText();
      assert.ok(seen.includes(own));
      for (const { name } of others) assert.ok(!seen.includes(name), 'another patient is shown');
      assert.equal(await page.locator('#stays button').count(), 1);
      assert.equal(await page.locator('anjuan-search-box').isVisible(), false);
    }));

  test('a patient who follows a link to another record is told so, and sees nothing of it', () =>
    visit({ browser, host, path: wardPath() }, async ({ page }) => {
      await shownPage(page);
      await signInAs(page, 'patient');
      await page.evaluate(() => (location.hash = '#record=small-single&page=1'));
      await page.locator('anjuan-viewer [part~="state"]').waitFor();
      await page.locator('#banner', { hasText: '这份病案不在您的列表中' }).waitFor();
      assert.ok(!(await page.locator('body').innerText()).includes(nameOf('small-single')));
    }));

  test('a stay without documents says so', () =>
    visit({ browser, host, path: wardPath() }, async ({ page }) => {
      await shownPage(page);
      await page.locator('#stays button', { hasText: nameOf('small-empty') }).click();
      await page.locator('anjuan-viewer[data-state="empty"] [part~="state"]').waitFor();
      assert.equal(await page.locator('#banner strong').textContent(), nameOf('small-empty'));
    }));

  for (const [width, height] of [
    [1366, 768],
    [360, 740],
  ] as const) {
    test(`at ${width} x ${height} nothing overflows and the record has room`, () =>
      visit({ browser, host, path: wardPath() }, async ({ page }) => {
        await page.setViewportSize({ width, height });
        await shownPage(page);
        const box = await page.locator('anjuan-viewer').boundingBox();
        assert.ok(box && box.width >= Math.min(width, 700) && box.height >= 480, JSON.stringify(box));
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      }));
  }
});
