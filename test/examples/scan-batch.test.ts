// A clerk's batch from files: a card with both sides, and papers with separator sheets between them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { encode } from 'uqr';
import { formatSeparator } from '@anjuan/capture';
import { deskSvg, pageSvg } from '../../packages/capture/src/testing/page-turner/page-drawing.mjs';
import type { AnjuanViewer } from '@anjuan/viewer';
import type { Host } from '../support/host.js';
import { launchChromium, openWatched } from '../support/watched-page.js';
import { startWritableHost } from '../support/writable-host.js';
import { staff } from './support/ward.js';

type Capture = HTMLElement & { pageCount: number; addFiles(files: File[]): Promise<number> };
const CONSENT = 'C0026';

describe('a batch from files', () => {
  let host: Host;
  let browser: Browser;
  before(async () => {
    host = await startWritableHost(staff);
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  test('both sides of a card are one page; separator sheets begin documents of their type and are no pages', async () => {
    const { page, problems, close } = await openWatched(browser, host.origin);
    await page.goto(`${host.origin}/emr/#record=small-empty`);
    await page.locator('#stays [aria-current="true"]').waitFor();
    await page.locator('#scan').click();
    await page.locator('anjuan-capture[data-state="open"]').waitFor();
    await add(page, 'id-card', [await card('#e6eef4'), await card('#efe9dd')]);
    await page.keyboard.press('n');
    const sheet = await separator(CONSENT);
    await add(page, 'batch', [await paper(1), sheet, await separator(), sheet, await paper(2)]);
    assert.deepEqual(await documents(page), [
      { pages: 1, type: '' },
      { pages: 1, type: '' },
      { pages: 1, type: CONSENT },
    ]);
    for (const select of await page.locator('anjuan-capture [data-document-form] select').all()) {
      if ((await select.inputValue()) === '') await select.selectOption({ index: 1 });
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await page.waitForFunction(() => {
      const viewer = document.querySelector('anjuan-viewer') as AnjuanViewer | null;
      return viewer?.status === 'ready' && viewer.pageCount === 3;
    });
    assert.deepEqual(problems, []);
    await close();
  });
});

async function add(page: Page, mode: string, pictures: readonly Buffer[]): Promise<void> {
  await page.evaluate(
    async ({ mode, pictures }) => {
      const capture = document.querySelector<Capture>('anjuan-capture');
      capture?.setAttribute('mode', mode);
      const files = pictures.map((base64) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        return new File([bytes], 'page.jpg', { type: 'image/jpeg' });
      });
      await capture?.addFiles(files);
    },
    { mode, pictures: pictures.map((picture) => picture.toString('base64')) },
  );
  await page.waitForFunction(
    () => document.querySelector('anjuan-capture')?.shadowRoot?.querySelector('[data-mark="working"]') === null,
  );
}

async function documents(page: Page): Promise<readonly { pages: number; type: string }[]> {
  await page.keyboard.press('F2');
  return page.evaluate(() => {
    const root = document.querySelector('anjuan-capture')?.shadowRoot;
    return [...(root?.querySelectorAll('[data-document-form]') ?? [])].map((form) => ({
      pages: root?.querySelectorAll(`[part~="page"][data-document-id="${form.getAttribute('data-document-form')}"]`)
        .length,
      type: form.querySelector('select')?.value,
    })) as { pages: number; type: string }[];
  });
}

const onDesk = async (paper: Buffer, size: { width: number; height: number }): Promise<Buffer> => {
  const desk = await sharp(Buffer.from(deskSvg(size.width, size.height, 3)))
    .removeAlpha()
    .png()
    .toBuffer();
  return sharp(desk)
    .composite([{ input: paper }])
    .jpeg({ quality: 88 })
    .toBuffer();
};

function card(colour: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="856" height="540">
    <rect width="856" height="540" rx="32" fill="${colour}"/><rect x="580" y="90" width="210" height="270" fill="#889"/>
    <text x="60" y="460" font-size="50" font-family="monospace">990000199001010014</text></svg>`;
  return onDesk(Buffer.from(svg), { width: 1600, height: 1200 });
}

async function paper(number: number): Promise<Buffer> {
  return onDesk(
    await sharp(Buffer.from(pageSvg(number, 1)))
      .png()
      .toBuffer(),
    { width: 1920, height: 1440 },
  );
}

/** A sheet as a scanner gives it, 100 dpi. */
function separator(category?: string): Promise<Buffer> {
  const { data, size } = encode(formatSeparator({ type: 'document', ...(category && { category }) }), { border: 4 });
  const scale = Math.floor(330 / size);
  const modules = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`<rect x="${x}" y="${y}" width="1" height="1"/>`] : [])),
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="827" height="1169"><rect width="827" height="1169" fill="#fff"/>
    <g transform="translate(240 60) scale(${scale})">${modules.join('')}</g></svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: '#fff' }).jpeg({ quality: 88 }).toBuffer();
}
