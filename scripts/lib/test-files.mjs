import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const skipped = new Set(['node_modules', 'dist', '.git', '.cache', 'storybook-static', 'coverage']);
/** Folders whose tests run in Chromium (web-test-runner.config.mjs names the same). */
const browserFolders = [
  'packages/core/src/element/',
  'packages/viewer/src/',
  'packages/capture/src/element/',
  'packages/sign/src/element/',
  'test/browser/',
];
/** Elsewhere a test says by its name that it needs a browser. */
const inBrowser = (path) =>
  path.endsWith('.browser.test.ts') || browserFolders.some((folder) => path.startsWith(folder));

/** Paths below the root, with `/`, of every file whose name matches; sorted. */
export function listFiles(pattern, folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : listFiles(pattern, path);
      return pattern.test(entry.name) ? [path] : [];
    })
    .sort();
}

/** Test files by the stage that runs them. */
export function testFiles() {
  const all = listFiles(/\.test\.ts$/);
  const browser = all.filter(inBrowser);
  const system = all.filter((path) => !browser.includes(path) && /^(test|examples)\//.test(path));
  const node = all.filter((path) => !browser.includes(path) && !system.includes(path));
  return { node, browser, system };
}
