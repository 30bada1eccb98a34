import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { chromiumFlags } from '../../scripts/lib/chromium.mjs';
import { serveStatic } from '../../scripts/lib/static-server.mjs';
import { chromiumPath } from '../lib/browser.js';
import { assetsDir, pagesDir, peersDir, photosDir, qualityDir, scenesDir } from './places.js';

interface ProcessInfo {
  readonly processInfo: readonly { readonly type: string; readonly id: number; readonly cpuTime: number }[];
}

/** One Chromium for all contenders, each in a page of its own, everything from one local server. */
export class BenchBrowser {
  readonly origin: string;
  readonly #browser: Browser;
  readonly #session: CDPSession;
  readonly #close: () => Promise<void>;

  private constructor(
    browser: Browser,
    session: CDPSession,
    server: { origin: string; close: () => Promise<unknown> },
  ) {
    this.#browser = browser;
    this.#session = session;
    this.origin = server.origin;
    this.#close = async () => {
      await browser.close();
      await server.close();
    };
  }

  static async launch(
    options: { readonly extraFlags?: readonly string[]; readonly extraPhotos?: string } = {},
  ): Promise<BenchBrowser> {
    const server = (await serveStatic({
      mounts: {
        '/pages/': pagesDir,
        '/assets/': assetsDir,
        '/peers/': peersDir,
        '/scenes/': scenesDir,
        '/quality/': qualityDir,
        '/photos/': photosDir,
        ...(options.extraPhotos === undefined ? {} : { '/extra/': options.extraPhotos }),
      },
      headers: {
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      },
    })) as { origin: string; close: () => Promise<unknown> };
    const browser = await chromium.launch({
      executablePath: chromiumPath(),
      headless: true,
      args: [...chromiumFlags, ...(options.extraFlags ?? [])],
    });
    return new BenchBrowser(browser, await browser.newBrowserCDPSession(), server);
  }

  /** A fresh page of a contender, loaded. */
  async open(name: string): Promise<Page> {
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    page.on('pageerror', (error) => process.stderr.write(`${name}: ${error.message}\n`));
    // The loader names nested functions with a helper that the page does not have.
    await page.addInitScript('globalThis.__name = (target) => target');
    await page.goto(`${this.origin}/pages/${name}.html`, { waitUntil: 'load' });
    await page.waitForFunction(
      () => 'arm' in globalThis || 'workerBench' in globalThis || 'operatorBench' in globalThis,
    );
    return page;
  }

  /** CPU time of all renderers and the GPU process so far, milliseconds; the browser counts in steps of ten. */
  async cpuMs(): Promise<number> {
    const { processInfo } = (await this.#session.send('SystemInfo.getProcessInfo')) as ProcessInfo;
    return processInfo
      .filter(({ type }) => type === 'renderer' || type.toLowerCase() === 'gpu')
      .reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
  }

  close(): Promise<void> {
    return this.#close();
  }
}
