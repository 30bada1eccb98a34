import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './run.mjs';

const file = (folder) => join(folder, 'custom-elements.json');

/** Analyses the elements of a package and writes `custom-elements.json`; paths point to the built modules. */
export async function writeManifest(folder) {
  rmSync(file(folder), { force: true });
  const globs = ['src/**/*.ts', '!src/**/*.test.ts', '!src/**/testing/**'];
  const { code, output } = await capture(
    'npx',
    ['--no-install', 'cem', 'analyze', '--litelement', '--globs', ...globs],
    { cwd: folder },
  );
  if (code !== 0) throw new Error(`The element manifest could not be made:\n${output}`);
  const manifest = JSON.parse(readFileSync(file(folder), 'utf8'));
  const modules = manifest.modules.filter(({ declarations }) => declarations.some((item) => item.customElement));
  writeFileSync(file(folder), `${JSON.stringify({ ...manifest, modules }, built, 2)}\n`);
}

/** Source paths become the paths of the package's output. */
function built(key, value) {
  if ((key !== 'path' && key !== 'module') || typeof value !== 'string') return value;
  return value.replace(/^(\/?)src\//, '$1dist/').replace(/\.ts$/, '.js');
}

/** Every element of a package's manifest. */
export function manifestElements(folder) {
  const { modules } = JSON.parse(readFileSync(file(folder), 'utf8'));
  return modules.flatMap(({ declarations }) => declarations.filter((item) => item.customElement));
}
