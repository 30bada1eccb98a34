import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function chromiumPath(): string {
  const found = process.env['CHROME_PATH'] ?? CANDIDATES.find((path) => existsSync(path));
  if (found === undefined) throw new Error('No Chromium found: install it, or set CHROME_PATH.');
  return found;
}

export interface BenchBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly pid: number;
  close(): Promise<void>;
}

/** A new profile for each run: nothing is cached from the run before. */
export async function launchBrowser(viewport: { width: number; height: number }): Promise<BenchBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'anjuan-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    headless: true,
    viewport,
    deviceScaleFactor: 1,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    context,
    page,
    pid: browserPid(profile),
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The process whose command line names the profile and that is no helper of another one. */
function browserPid(profile: string): number {
  for (const pid of readPids()) {
    const line = commandLine(pid);
    if (line.includes(`--user-data-dir=${profile}`) && !line.includes('--type=')) return pid;
  }
  throw new Error('the browser process was not found');
}

function readPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
