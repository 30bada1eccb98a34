// The snippets of docs/capture.md, as printed: on pages under the policy that the page prints, with simulators for devices.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import { chromium, type Browser, type BrowserContext, type Page, type Route } from 'playwright-core';
import sharp from 'sharp';
import type { AnjuanCapture } from '@anjuan/capture';
import { EloamHttpSimulator, EsclSimulator, fetchOf, type HttpSimulator } from '@anjuan/capture/testing';
import { chromiumFlags, requireChromium } from '../scripts/lib/chromium.mjs';
import { workspaceBuild } from '../scripts/lib/workspace-build.mjs';
import { root } from '../scripts/lib/run.mjs';
import { staff } from './examples/support/ward.js';
import type { Host } from './support/host.js';
import { openWatched } from './support/watched-page.js';
import { startWritableHost } from './support/writable-host.js';

const work = join(root, '.cache/capture-snippets');
const guide = readFileSync(join(root, 'docs/capture.md'), 'utf8');
const recordId = 'small-empty';

/** The fenced block whose info string is exactly this. */
function snippet(info: string): string {
  const found = new RegExp(`\`\`\`${info}\\n([\\s\\S]*?)\\n\`\`\``).exec(guide)?.[1];
  assert.ok(found, `docs/capture.md has a block \`\`\`${info}`);
  return found;
}

const policy = snippet('csp').replaceAll('\n', ' ');

/** The page of the guide, with further markup, and snippets as modules behind the element's own. */
function writePage(name: string, { body = '', scripts }: { readonly body?: string; readonly scripts: string[] }): void {
  const [first, ...modules] = ['login', ...scripts];
  for (const script of scripts) writeFileSync(join(work, `${script}.js`), snippet(`js ${script}`));
  const tags = modules.map((script) => `<script type="module" src="${script}.js"></script>`).join('');
  writeFileSync(
    join(work, `${name}.html`),
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">
    <link rel="stylesheet" href="page.css"><div>${body}</div>
    ${snippet('html page').replace('RECORD-ID', recordId)}<script type="module" src="${first ?? ''}.js"></script>${tags}</html>`,
  );
}

/** What a server with a login does; the example server hands out development tokens. */
const login = `document.querySelector('anjuan-provider').getToken = async () => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch('/dev/login', { method: 'POST', headers, body: JSON.stringify({ user: 'clerk' }) });
  return (await answer.json()).token;
};`;

/** The service on this computer is outside of the origin, and a scanner says 404 when its feeder is empty. */
const expected = /^request outside: http:\/\/127\.0\.0\.1:38088\/|status of 404/;

/** Answers a request of the page from a simulator, as a service with CORS headers would. */
function through(simulator: HttpSimulator, cut = ''): (route: Route) => Promise<void> {
  const send = fetchOf(simulator);
  return async (route) => {
    const request = route.request();
    const body = request.postData();
    const url = request.url().replace(cut, '');
    const answer = await send(url, { method: request.method(), ...(body !== null && { body }) });
    const headers = { ...Object.fromEntries(answer.headers), 'access-control-allow-origin': '*' };
    await route.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) });
  };
}

describe('snippets of the capture guide', () => {
  let host: Host;
  let browser: Browser;

  before(async () => {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    writeFileSync(join(work, 'page.css'), snippet('css page'));
    writeFileSync(join(work, 'login.js'), login);
    host = await startWritableHost(staff, { sites: { '/guide/': work } });
    const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
    browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumFlags, ...camera] });
  });
  after(async () => {
    await browser.close();
    await host.close();
  });

  async function visit(
    name: string,
    run: (page: Page) => Promise<void>,
    prepare: (context: BrowserContext, page: Page) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<void> {
    const { page, problems, close } = await openWatched(browser, host.origin);
    await page.route('**/guide/*.html', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        headers: { ...answer.headers(), 'content-security-policy': policy },
      });
    });
    await prepare(page.context(), page);
    await page.goto(`${host.origin}/guide/${name}.html`);
    await opened(page);
    try {
      await run(page);
      assert.deepEqual(
        problems.filter((problem) => !expected.test(problem)),
        [],
      );
    } finally {
      await close();
    }
  }

  const said = (page: Page, name: string): Promise<string> =>
    page
      .waitForFunction((key) => document.documentElement.dataset[key], name)
      .then((found) => found.jsonValue() as never);

  test('two script tags, events and the form: a page is captured, submitted and named in the receipt', async () => {
    writePage('events', { scripts: ['events'] });
    await visit('events', async (page) => {
      await openCamera(page);
      await page.locator('anjuan-capture [part~="shutter"][data-state="ready"][aria-disabled="false"]').click();
      await page.waitForFunction(() => document.querySelector<AnjuanCapture>('anjuan-capture')?.pageCount === 1);
      await page.keyboard.press('F2');
      await page.locator('anjuan-capture [part~="documents"] select').first().selectOption('C0026');
      await page.keyboard.press('Escape');
      await page.locator('anjuan-capture .document-name', { hasText: '手术知情同意书' }).waitFor();
      await page.evaluate(() => document.querySelector<AnjuanCapture>('anjuan-capture')?.submit());
      assert.match(await said(page, 'archived'), /^small-empty\/.+/);
      const code = snippet('js form');
      const sent: unknown = await page.evaluate(`(() => { ${code}; return { receipt, batch: data.get('batch') }; })()`);
      const { receipt, batch } = sent as { receipt: { batchId: string; recordId: string }; batch: string };
      assert.deepEqual([receipt.batchId, receipt.recordId], [batch, recordId]);
    });
  });

  test('access: what the browser allows, as data', async () => {
    writePage('access', { scripts: ['access'] });
    await visit(
      'access',
      async (page) => {
        const { secure, camera, service } = JSON.parse(await said(page, 'access')) as Record<string, unknown>;
        assert.equal(secure, true);
        assert.match(String(camera), /^(available|ask)$/);
        assert.equal(service, 'running');
      },
      (context) => context.route('http://127.0.0.1:38088/**', (route) => route.fulfill({ status: 204 })),
    );
  });

  test('sources: the feeder of a scanner behind the proxy brings its pages', async () => {
    writePage('sources', { scripts: ['sources'] });
    const scanner = new EsclSimulator();
    const sheet = await sharp({ create: { width: 620, height: 877, channels: 3, background: '#fdfdf8' } })
      .composite([{ input: Buffer.from('<svg width="400" height="500"><rect width="400" height="9"/></svg>') }])
      .withMetadata({ density: 75 })
      .jpeg()
      .toBuffer();
    scanner.picture = () => Uint8Array.from(sheet);
    await visit(
      'sources',
      async (page) => {
        await page.locator('anjuan-capture').click({ position: { x: 400, y: 300 } });
        await page.keyboard.press('d');
        const row = page.locator('anjuan-capture .device-row', { hasText: 'Ward 3' }).first();
        await row.waitFor();
        assert.equal(await page.locator('anjuan-capture .device-row', { hasText: 'Eloam' }).count(), 2);
        await row.click();
        await page.locator('anjuan-capture [part~="shutter"][data-state="ready"][aria-disabled="false"]').click();
        await page.waitForFunction(() => document.querySelector<AnjuanCapture>('anjuan-capture')?.pageCount === 3);
      },
      (context) =>
        Promise.all([
          context.route('**/scanners/ward-3/eSCL/**', through(scanner, '/scanners/ward-3')),
          context.route('http://127.0.0.1:38088/**', through(new EloamHttpSimulator())),
        ]),
    );
  });

  /** A script that gives the page simulated HID devices; the code defines `hid`. */
  async function withHid(code: string): Promise<string> {
    const names = 'FakeHid, FakeHidDevice, FakeHidScanner, SamSimulator, samHidReader, samTestCards';
    const contents = `import { ${names} } from '@anjuan/capture/testing';
      ${code}
      Object.defineProperty(Navigator.prototype, 'hid', { get: () => hid });`;
    const stdin = { contents, resolveDir: root };
    const { outputFiles } = await build({ ...workspaceBuild, stdin, format: 'iife', write: false });
    return outputFiles[0]?.text ?? '';
  }

  test('reader: a click reads a card from a simulated reader', async () => {
    writePage('reader', { body: '<button id="read-card">1</button><p id="card-name"></p>', scripts: ['reader'] });
    const devices = await withHid(`const module = new SamSimulator({ cut: 'none' });
      module.placeCard(samTestCards.resident);
      const { hid } = samHidReader(module);`);
    await visit(
      'reader',
      async (page) => {
        await page.locator('#read-card').click();
        await page.locator('#card-name', { hasText: '张三' }).waitFor();
      },
      (_context, page) => page.addInitScript(devices),
    );
  });

  test('triggers: a bound key and a pedal capture, guns open another stay', async () => {
    writePage('triggers', {
      body: '<button id="connect-pedal">1</button><button id="connect-gun">2</button>',
      scripts: ['triggers'],
    });
    const devices = await withHid(`const pedal = new FakeHidDevice({ vendorId: 0x05f3, productId: 0x00ff });
      const gun = new FakeHidScanner();
      const hid = new FakeHid(pedal, gun);
      Object.assign(globalThis, {
        pressPedal: () => pedal.report(0, Uint8Array.of(2, 0)),
        scan: (text) => gun.scan(text, ']C0'),
      });`);
    await visit(
      'triggers',
      async (page) => {
        await openCamera(page);
        await page.locator('anjuan-capture [part~="shutter"][data-state="ready"][aria-disabled="false"]').focus();
        await page.keyboard.press('b');
        await page.waitForFunction(() => document.querySelector<AnjuanCapture>('anjuan-capture')?.pageCount === 1);
        await page.locator('#connect-pedal').click();
        await page.locator('anjuan-capture [part~="shutter"][data-state="ready"][aria-disabled="false"]').waitFor();
        await page.evaluate('pressPedal()');
        await page.waitForFunction(() => document.querySelector<AnjuanCapture>('anjuan-capture')?.pageCount === 2);
        // A gun types far faster than a person; a test that presses key by key may not.
        await page.evaluate(() => {
          for (const key of [...'SMALL-2', 'Enter']) {
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
          }
        });
        await page.waitForFunction(
          () => document.querySelector<AnjuanCapture>('anjuan-capture')?.recordId === 'SMALL-2',
        );
        await page.locator('#connect-gun').click();
        await page.evaluate("scan('SMALL-3')");
        await page.waitForFunction(
          () => document.querySelector<AnjuanCapture>('anjuan-capture')?.recordId === 'SMALL-3',
        );
      },
      (_context, page) => page.addInitScript(devices),
    );
  });

  test('sheets: a PDF with both sides of two separator sheets', async () => {
    writePage('sheets', { body: '<a id="print-sheets">1</a>', scripts: ['sheets'] });
    const keepBlob = (): void => {
      const create = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (blob) => {
        Object.assign(globalThis, { keptBlob: blob });
        return create(blob);
      };
    };
    await visit(
      'sheets',
      async (page) => {
        await page.locator('#print-sheets[href^="blob:"]').waitFor();
        const text = await page.evaluate(() => (globalThis as unknown as { keptBlob: Blob }).keptBlob.text());
        assert.equal(text.match(/\/Type \/Page\b/g)?.length, 4);
      },
      (_context, page) => page.addInitScript(keepBlob),
    );
  });

  test('store: an encrypted store of the user, and nothing left after the sign-out', async () => {
    writePage('store', { body: '<button id="sign-out">1</button>', scripts: ['store'] });
    await visit('store', async (page) => {
      await openCamera(page);
      await page.locator('anjuan-capture [part~="shutter"][data-state="ready"][aria-disabled="false"]').click();
      await page.waitForFunction(() => document.querySelector<AnjuanCapture>('anjuan-capture')?.pageCount === 1);
      await page.locator('#sign-out').click();
      await said(page, 'signedOut');
      const left = await page.evaluate(
        () =>
          new Promise<number>((resolve, reject) => {
            const opening = indexedDB.open('anjuan-capture-clerk-17');
            opening.onerror = () => reject(opening.error);
            opening.onsuccess = () => {
              const names = [...opening.result.objectStoreNames].filter((name) => name !== 'totals');
              const all = opening.result.transaction(names).objectStore('contents').count();
              all.onsuccess = () => resolve(all.result);
            };
          }),
      );
      assert.equal(left, 0);
    });
  });

  test('npm: the two imports register the elements', async () => {
    const { outputFiles } = await build({
      ...workspaceBuild,
      stdin: { contents: `${snippet('js npm')}`, resolveDir: root },
      format: 'esm',
      write: false,
    });
    assert.match(outputFiles[0]?.text ?? '', /anjuan-capture/);
  });

  test('testing: the simulators answer in Node', () => {
    const file = join(work, 'testing.ts');
    writeFileSync(file, snippet('js testing'));
    execFileSync(process.execPath, ['--conditions=anjuan-source', '--import', 'tsx', file], {
      cwd: root,
      env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.run.json' },
    });
  });
});

/** The camera starts by itself where it was allowed before. */
async function openCamera(page: Page): Promise<void> {
  const button = page.locator('anjuan-capture [data-widget="turn-on"]');
  const preview = page.locator('anjuan-capture video');
  await button.or(preview).first().waitFor();
  if (await button.isVisible()) await button.click();
  await preview.waitFor();
}

/** Waits for the batch; says what the screen says instead. */
async function opened(page: Page): Promise<void> {
  try {
    await page.waitForFunction(() => document.querySelector<AnjuanCapture>('anjuan-capture')?.status === 'open');
  } catch {
    const panel = await page.locator('anjuan-capture .stage-state').allInnerTexts();
    assert.fail(`The batch does not open; the screen says: ${panel.join(' ')}`);
  }
}
