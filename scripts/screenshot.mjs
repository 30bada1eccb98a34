// npm run screenshot: takes docs/images/emr.png from the running example, as a doctor sees it.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { chromiumFlags, requireChromium } from './lib/chromium.mjs';
import { root } from './lib/run.mjs';

const recordId = 'stay-valve-2026';
const documentId = `${recordId}-${process.argv[2] ?? 'temperature'}`;
const maxBytes = 400_000;

/** Starts the example and resolves when it prints its address. */
function startExample() {
  const server = spawn(process.execPath, [join(root, 'scripts/start.mjs')], { cwd: root });
  server.stderr.pipe(process.stderr);
  return new Promise((resolve, reject) => {
    let printed = '';
    server.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      printed += chunk;
      const address = /http:\/\/\S+\/emr\//.exec(printed)?.[0];
      if (address) resolve({ address, stop: () => server.kill('SIGTERM') });
    });
    server.on('exit', (code) => reject(new Error(`The example ended with ${code}.`)));
  });
}

async function takePicture(address) {
  const browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumFlags });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    await page.goto(`${address}#record=${recordId}&page=1`);
    await page.locator('anjuan-viewer[data-state="ready"]').waitFor();
    await page.evaluate(async (id) => {
      const viewer = document.querySelector('anjuan-viewer');
      const shown = new Promise((resolve) => {
        viewer.addEventListener('anjuan-page-shown', ({ detail }) => detail.documentId === id && resolve());
      });
      await viewer.goToDocument(id);
      await shown;
    }, documentId);
    // Neighbouring pages and the animations of the tree come to rest.
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(500);
    return await page.screenshot();
  } finally {
    await browser.close();
  }
}

const { address, stop } = await startExample();
try {
  const picture = await sharp(await takePicture(address))
    .png({ palette: true, quality: 95, effort: 10 })
    .toBuffer();
  if (picture.length > maxBytes) throw new Error(`The picture has ${picture.length} bytes, more than ${maxBytes}.`);
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  writeFileSync(join(root, 'docs/images/emr.png'), picture);
  console.log(`docs/images/emr.png, ${Math.round(picture.length / 1024)} KiB`);
} finally {
  stop();
}
