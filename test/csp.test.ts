// Law 8 on the example pages: under the strictest policy, no violation, no error, no request that leaves the origin.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { root } from '../scripts/lib/run.mjs';
import { startHost, type Host } from './support/host.js';
import { recordIds, rememberEvents, shownPage } from './support/record-probe.js';
import { launchChromium, openWatched } from './support/watched-page.js';

describe('law 8: strict CSP, Trusted Types, one origin', () => {
  let host: Host;
  let browser: Browser;
  before(async () => {
    host = await startHost();
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  async function visit(path: string, work: (watched: Awaited<ReturnType<typeof openWatched>>) => Promise<void>) {
    const watched = await openWatched(browser, host.origin);
    try {
      await rememberEvents(watched.page);
      await watched.page.goto(host.origin + path);
      await work(watched);
    } finally {
      await watched.close();
    }
  }

  test('the plain page is at most 15 lines of HTML', () => {
    const html = readFileSync(join(root, 'examples/plain/index.html'), 'utf8');
    assert.ok(html.trim().split('\n').length <= 15);
  });

  test('the plain page shows a record through page images', () =>
    visit('/plain/', async ({ page, problems }) => {
      const [recordId] = await recordIds(page);
      await page.goto(`${host.origin}/plain/?record=${recordId ?? ''}`);
      assert.equal((await shownPage(page)).recordId, recordId);
      assert.deepEqual(problems, []);
    }));

  test('the plain page shows a record with the PDF engine in its worker', () =>
    visit('/plain/', async ({ page, problems }) => {
      const [recordId] = await recordIds(page);
      const worker = page.waitForEvent('worker');
      await page.evaluate((id) => {
        const viewer = document.querySelector('anjuan-viewer');
        viewer?.setAttribute('source', 'pdf');
        viewer?.setAttribute('record-id', id);
      }, recordId ?? '');
      assert.match((await worker).url(), /\/anjuan\/assets\/pdfjs\/pdf\.worker(\.modern)?\.min\.mjs$/);
      await shownPage(page);
      assert.deepEqual(problems, []);
    }));

  test('the ward screen opens the first record, switches language and theme', () =>
    visit('/emr/', async ({ page, problems }) => {
      await shownPage(page);
      await page.locator('#language').click();
      await page.locator('#theme').selectOption('dark');
      await page.locator('anjuan-viewer').click();
      await page.keyboard.press('PageDown');
      assert.deepEqual(problems, []);
    }));

  test('a breach of the policy is seen', () =>
    visit('/plain/', async ({ page, problems }) => {
      await page.evaluate(() => {
        const image = new Image();
        image.src = 'https://outside.test/pixel.png';
        document.body.append(image);
        try {
          document.body.insertAdjacentHTML('beforeend', '<p style="color: red"></p>');
        } catch {
          // Trusted Types throw, and report.
        }
      });
      await page.waitForFunction(() => document.images.length > 0);
      assert.match(problems.join('\n'), /CSP img-src/);
      assert.match(problems.join('\n'), /CSP require-trusted-types-for/);
    }));
});
