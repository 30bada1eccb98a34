// npm run build: every package into its dist folder (types, ES modules, element manifest).
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildCaptureAssets } from './lib/capture-assets.mjs';
import { buildSignAssets } from './lib/sign-assets.mjs';
import { writeManifest } from './lib/manifest.mjs';
import { publishedPackages } from './lib/packages.mjs';
import { root, runBin, since } from './lib/run.mjs';

const started = performance.now();
const packages = publishedPackages();

async function step(title, name, args) {
  console.log(`${title} ...`);
  const code = await runBin(name, args);
  if (code !== 0) process.exit(code);
}

for (const { folder } of packages) rmSync(join(folder, 'dist'), { recursive: true, force: true });
await step('types', 'tsc', [
  '-b',
  ...packages.map(({ folder }) => folder),
  join(root, 'packages/core/tsconfig.element.json'),
]);
await step('modules', 'rollup', ['--config', 'rollup.config.mjs', '--silent']);
for (const { name, folder, manifest } of packages) {
  if (manifest.customElements !== undefined) await writeManifest(folder);
  for (const bin of Object.values(manifest.bin ?? {})) {
    if (existsSync(join(folder, bin))) chmodSync(join(folder, bin), 0o755);
  }
  // The worker is bundled: a vendor copies this folder to its static files, below `assets-url`.
  if (name === 'capture') await buildCaptureAssets(join(folder, 'dist/assets/capture'));
  if (name === 'sign') await buildSignAssets(join(folder, 'dist/assets/sign'));
  console.log(`✓ ${name}`);
}
console.log(`built ${packages.length} packages in ${since(started)}`);
