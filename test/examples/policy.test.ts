// Law 8 in depth: every kind of paper, on both example pages, until the PDF engine itself draws.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { AnjuanViewer } from '@anjuan/viewer';
import { root } from '../../scripts/lib/run.mjs';
import type { Host } from '../support/host.js';
import { shownPage } from '../support/record-probe.js';
import { launchChromium } from '../support/watched-page.js';
import { mixed, showDocument, startWard, visit, wardPath } from './support/ward.js';

/** The policy that the embedding guide prints, one directive a line. */
function documentedPolicy(): string[] {
  const guide = readFileSync(join(root, 'docs/embedding.md'), 'utf8');
  const block = /```\n(default-src[\s\S]*?)\n```/.exec(guide)?.[1];
  assert.ok(block, 'the guide prints a policy');
  return directives(block);
}

function directives(policy: string): string[] {
  return policy
    .split(';')
    .map((directive) => directive.trim().replace(/\s+/g, ' '))
    .filter(Boolean)
    .sort();
}

/** A text PDF, scans in three encodings, a photo, a screenshot; then so close that pictures no longer do. */
async function readEverything(page: Page): Promise<void> {
  await shownPage(page);
  for (const name of ['lab-urine', 'scan-jpeg', 'scan-g4', 'scan-jbig2', 'photo', 'picture']) {
    await showDocument(page, `${mixed.recordId}-${name}`);
  }
  const worker = page.waitForEvent('worker');
  await showDocument(page, `${mixed.recordId}-admission`);
  await page.evaluate(() => (document.querySelector('anjuan-viewer') as AnjuanViewer | null)?.zoomTo(500));
  assert.match((await worker).url(), /\/anjuan\/assets\/pdfjs\/pdf\.worker(\.modern)?\.min\.mjs$/);
  await page.locator('anjuan-viewer .textLayer, anjuan-viewer canvas').first().waitFor();
}

describe('law 8: the example pages under their strict policy', () => {
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

  for (const [name, path] of [
    ['hospital screen', wardPath()],
    ['plain page', `/plain/?record=${mixed.recordId}`],
  ] as const) {
    test(`${name}: no violation, no error, no request outside, whatever is read`, () =>
      visit({ browser, host, path }, async ({ page, problems }) => {
        await readEverything(page);
        assert.deepEqual(problems, []);
      }));
  }

  for (const path of ['/emr/', '/plain/', '/anjuan/assets/pdfjs/pdf.worker.min.mjs']) {
    test(`${path} is sent with the policy of the embedding guide`, async () => {
      const { headers, status } = await fetch(host.origin + path);
      assert.equal(status, 200);
      assert.deepEqual(directives(headers.get('content-security-policy') ?? ''), documentedPolicy());
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    });
  }

  test('the plain page needs one script of ours and 15 lines', () => {
    const html = readFileSync(join(root, 'examples/plain/index.html'), 'utf8');
    assert.ok(html.trim().split('\n').length <= 15);
    const sources = [...html.matchAll(/src="([^"]+)"/g)].map(([, source]) => source);
    assert.deepEqual(sources, ['../anjuan/anjuan.min.js', 'plain.js']);
    assert.doesNotMatch(readFileSync(join(root, 'examples/plain/plain.js'), 'utf8'), /import/);
  });
});
