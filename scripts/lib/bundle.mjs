import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { copyPdfjsAssets } from './pdfjs-assets.mjs';
import { root } from './run.mjs';

/**
 * esbuild options for everything that bundles the workspace from its sources.
 * @type {import('esbuild').BuildOptions}
 */
export const workspaceBuild = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: 'none',
  target: 'chrome125',
  conditions: ['anjuan-source', 'browser'],
  tsconfig: join(root, 'tsconfig.base.json'),
  logLevel: 'warning',
};

/** A page without a build has no module resolution: the PDF engine comes from the assets folder, when first needed. */
const engineFromAssets = {
  name: 'engine-from-assets',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^\.\/engine\.js$/ }, ({ resolveDir }) =>
      resolveDir.replaceAll('\\', '/').endsWith('packages/viewer/src/source/pdf')
        ? { path: join(root, 'scripts/bundle/engine.ts') }
        : undefined,
    );
    esbuild.onResolve({ filter: /^pdfjs-dist/ }, ({ importer }) => ({
      errors: [{ text: `the bundle must not contain the PDF engine, but ${importer} imports it` }],
    }));
  },
};

/**
 * The one-file script: a global for pages without modules.
 * @type {import('esbuild').BuildOptions}
 */
export const bundleOptions = {
  entryPoints: [join(root, 'scripts/bundle/entry.ts')],
  format: 'iife',
  globalName: 'Anjuan',
  banner: { js: '/*! Anjuan, Apache-2.0. Libraries inside: THIRD_PARTY_NOTICES.md */' },
  plugins: [engineFromAssets],
};

function filesBelow(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(folder, path) : [path];
  });
}

function integrity(folder) {
  const digest = (path) =>
    `sha384-${createHash('sha384')
      .update(readFileSync(join(folder, path)))
      .digest('base64')}`;
  return Object.fromEntries(
    filesBelow(folder)
      .filter((path) => /\.(js|mjs|wasm)$/.test(path))
      .sort()
      .map((path) => [path, digest(path)]),
  );
}

/** Writes `anjuan.min.js`, `assets/` and `integrity.json` into `folder`; resolves to the size of the script in bytes. */
export async function buildBundle(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({ ...workspaceBuild, ...bundleOptions, outfile: join(folder, 'anjuan.min.js') });
  copyPdfjsAssets(join(folder, 'assets/pdfjs'));
  copyFileSync(join(root, 'THIRD_PARTY_NOTICES.md'), join(folder, 'THIRD_PARTY_NOTICES.md'));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  const { version } = JSON.parse(readFileSync(join(root, 'packages/viewer/package.json'), 'utf8'));
  writeFileSync(join(folder, 'integrity.json'), `${JSON.stringify({ version, files: integrity(folder) }, null, 2)}\n`);
  return readFileSync(join(folder, 'anjuan.min.js')).byteLength;
}
