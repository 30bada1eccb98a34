// Visits every story of the static Storybook in Chromium. A story fails on an error while rendering or playing, on an
// axe violation (the a11y addon runs axe itself), on a console error, or on a request that leaves the origin.
// `npm run stories -- viewer` visits only the stories whose id has that text.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags, requireChromium } from './lib/chromium.mjs';
import { root, since } from './lib/run.mjs';
import { serveStatic } from './lib/static-server.mjs';

const folder = join(root, 'storybook-static');
const storyTimeoutMs = 40_000;
const variants = [{ locale: 'zh-CN', theme: 'light' }];
if (process.argv.includes('--matrix')) {
  variants.push(
    { locale: 'en', theme: 'dark' },
    { locale: 'zh-CN', theme: 'contrast', density: 'touch', textSize: 'large' },
  );
}
const filter = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '';

if (!existsSync(join(folder, 'index.json'))) {
  console.error('No static Storybook: run `npm run build-storybook` first.');
  process.exit(1);
}

/** Runs in the page before Storybook: keeps what the preview channel says about the story. */
function listen() {
  const heard = { errors: [], reports: [], done: false };
  globalThis.__heard = heard;
  const errors = ['storyErrored', 'storyThrewException', 'playFunctionThrewException', 'storyMissing'];
  let channel;
  Object.defineProperty(globalThis, '__STORYBOOK_ADDONS_CHANNEL__', {
    configurable: true,
    get: () => channel,
    set(value) {
      channel = value;
      for (const name of errors) {
        channel.on(name, (event) => {
          heard.errors.push(
            `${name}: ${event?.message ?? event?.description ?? event?.title ?? JSON.stringify(event)}`,
          );
          if (name !== 'playFunctionThrewException') heard.done = true;
        });
      }
      channel.on('storyFinished', (event) => {
        heard.reports = event.reporters ?? [];
        if (
          event.status === 'error' &&
          heard.errors.length === 0 &&
          heard.reports.every((r) => r.status !== 'failed')
        ) {
          heard.errors.push('the story finished with an error');
        }
        heard.done = true;
      });
    },
  });
}

function axeFindings(reports) {
  return reports
    .filter((report) => report.type === 'a11y' && report.status === 'failed')
    .flatMap(
      (report) => report.result?.violations ?? [{ id: 'axe', help: report.result?.error?.message ?? 'axe failed' }],
    )
    .map(({ id, help, nodes = [] }) => `axe ${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join('; ')})`);
}

async function visit(browser, origin, story, globals) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: globals.locale });
  const problems = [];
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(origin) && !/^(data|blob):/.test(url))
        problems.push(`request outside: ${new URL(url).origin}`);
    });
    await page.addInitScript(listen);
    const wanted = Object.entries(globals).map(([name, value]) => `${name}:${value}`);
    await page.goto(`${origin}/iframe.html?id=${story.id}&viewMode=story&globals=${wanted.join(';')}`);
    await page.waitForFunction(() => globalThis.__heard.done, undefined, { timeout: storyTimeoutMs });
    const { errors, reports } = await page.evaluate(() => structuredClone(globalThis.__heard));
    problems.push(...errors, ...axeFindings(reports));
    if (!reports.some((report) => report.type === 'a11y') && errors.length === 0 && !story.tags.includes('no-a11y')) {
      problems.push('axe did not run');
    }
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  } finally {
    await context.close();
  }
  // A story may provoke failures on purpose; then the browser itself logs the failed requests.
  const expected = story.tags.includes('expects-failed-requests');
  return problems.filter((problem) => !(expected && /^console: Failed to load resource/.test(problem)));
}

const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
const stories = Object.values(index.entries).filter((entry) => entry.type === 'story' && entry.id.includes(filter));
const server = await serveStatic({ mounts: { '/': folder } });
const browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumFlags });
const counts = { passed: 0, failed: 0 };
try {
  for (const globals of variants) {
    console.log(`\n${Object.values(globals).join(' ')}: ${stories.length} stories`);
    for (const story of stories) {
      const started = performance.now();
      const problems = await visit(browser, server.origin, story, globals);
      counts[problems.length === 0 ? 'passed' : 'failed'] += 1;
      console.log(`  ${problems.length === 0 ? '✓' : '✗'} ${story.title} / ${story.name} (${since(started)})`);
      for (const problem of problems) console.log(`      ${problem.slice(0, 600)}`);
    }
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0);
