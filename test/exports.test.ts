import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

interface PackageFile {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly sideEffects: boolean | readonly string[];
}

function packageFile(folder: string): PackageFile {
  return JSON.parse(
    readFileSync(new URL(`../packages/${folder}/package.json`, import.meta.url), 'utf8'),
  ) as PackageFile;
}

/** The public paths of every package. A new one is a decision: add it here and to the README's map. */
const publicPaths = {
  core: ['.', './element', './define', './outbox', './worker', './testing', './package.json'],
  viewer: ['.', './define', './define/viewer', './define/search-box', './package.json'],
  capture: ['.', './define', './testing', './package.json'],
  sign: ['.', './define', './gm', './testing', './package.json'],
  archive: ['.', './node', './testing', './package.json'],
};

for (const [folder, expected] of Object.entries(publicPaths)) {
  const manifest = packageFile(folder);

  test(`${manifest.name} exports exactly its public paths`, () => {
    const paths = Object.keys(manifest.exports).filter((path) => path !== './custom-elements.json');
    assert.deepEqual(paths.sort(), [...expected].sort());
  });

  for (const path of expected.filter((entry) => entry !== './package.json')) {
    test(`law 5: ${manifest.name}${path.slice(1)} imports in plain Node without a DOM`, async () => {
      assert.equal('document' in globalThis, false);
      const module: unknown = await import(manifest.name + path.slice(1));
      assert.equal(typeof module, 'object');
    });
  }
}
