import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { chromiumFlags } from '../../scripts/lib/chromium.mjs';
import { serveStatic } from '../../scripts/lib/static-server.mjs';
import { chromiumPath } from '../lib/browser.js';
import { assetsDir, pagesDir } from './places.js';

/** Chromium with the pages of this bench from a local server. */
export class SignBrowser {
  readonly #context: BrowserContext;
  readonly #origin: string;
  readonly #profile: string;
  readonly #stop: () => Promise<unknown>;

  private constructor(
    context: BrowserContext,
    profile: string,
    server: { readonly origin: string; readonly close: () => Promise<unknown> },
  ) {
    this.#context = context;
    this.#profile = profile;
    this.#origin = server.origin;
    this.#stop = server.close;
  }

  static async launch(): Promise<SignBrowser> {
    const server = (await serveStatic({ mounts: { '/pages/': pagesDir, '/assets/': assetsDir } })) as {
      origin: string;
      close: () => Promise<unknown>;
    };
    const profile = await mkdtemp(join(tmpdir(), 'anjuan-bench-sign-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: chromiumPath(),
      headless: true,
      args: [...chromiumFlags],
      acceptDownloads: true,
    });
    return new SignBrowser(context, profile, server);
  }

  async open(name: 'large' | 'ink'): Promise<Page> {
    const page = await this.#context.newPage();
    page.on('pageerror', (error) => process.stderr.write(`${name}: ${error.message}\n`));
    // The loader names nested functions with a helper that the page does not have.
    await page.addInitScript('globalThis.__name = (target) => target');
    await page.goto(`${this.#origin}/pages/${name}.html`, { waitUntil: 'load' });
    await page.waitForFunction(() => 'largeBench' in globalThis || 'inkBench' in globalThis);
    return page;
  }

  /** Ids of all processes of this browser. */
  pids(): readonly number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => this.#isOurs(pid));
  }

  #isOurs(pid: number): boolean {
    try {
      const seen = new Set<number>();
      for (let at = pid; at > 1 && !seen.has(at); at = parentOf(at)) {
        seen.add(at);
        if (readFileSync(`/proc/${String(at)}/cmdline`, 'utf8').includes(this.#profile)) return true;
      }
    } catch {
      // It ended meanwhile.
    }
    return false;
  }

  async close(): Promise<void> {
    await this.#context.close();
    await this.#stop();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Resident memory of processes, bytes: now, and the highest since `reset`. */
export class Memory {
  readonly #idle = new Map<number, number>();

  constructor(pids: readonly number[]) {
    for (const pid of pids) {
      try {
        writeFileSync(`/proc/${String(pid)}/clear_refs`, '5');
        this.#idle.set(pid, field(pid, 'VmRSS'));
      } catch {
        // It ended meanwhile.
      }
    }
  }

  /** Growth of the process that grew most, MB of 1e6 bytes: the renderer, which holds page and worker. */
  peakMb(): number {
    return Math.max(...[...this.#idle].map(([pid, idle]) => field(pid, 'VmHWM') - idle)) / 1e6;
  }
}

function field(pid: number, name: string): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
