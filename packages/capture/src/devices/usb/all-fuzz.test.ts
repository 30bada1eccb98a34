import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { test } from 'node:test';

interface FuzzModule {
  readonly runs: number;
  fuzz(options: { readonly seed: number; readonly runs: number }): Promise<void> | void;
}

const src = fileURLToPath(new URL('../..', import.meta.url));
const paths = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.fuzz.ts'));

for (const path of paths.sort()) {
  test(`random input ends well: ${path}`, async () => {
    const { fuzz, runs } = (await import(pathToFileURL(join(src, path)).href)) as FuzzModule;
    assert.ok(runs >= 100_000, 'the full run is long');
    await fuzz({ seed: 7, runs: 200 });
  });
}
