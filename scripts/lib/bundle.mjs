import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildCaptureAssets } from './capture-assets.mjs';
import { minifiedStyles } from './minify-styles.mjs';
import { copyPdfjsAssets } from './pdfjs-assets.mjs';
import { root } from './run.mjs';
import { buildSignAssets } from './sign-assets.mjs';
import { workspaceBuild } from './workspace-build.mjs';

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
  plugins: [engineFromAssets, minifiedStyles],
};

/** Core and lit are in the first script already; a second copy would only weigh. */
const coreFromFirstScript = {
  name: 'core-from-first-script',
  setup(esbuild) {
    const shared = { '@anjuan/core': 'Anjuan', '@anjuan/core/element': 'Anjuan', lit: 'Anjuan.lit' };
    const first = (path) => ({ path, namespace: 'first-script' });
    esbuild.onResolve({ filter: /^(@anjuan\/core(\/element)?|lit)$/ }, ({ path }) => first(path));
    // The outbox reaches these inside its own package; the first script exports every name of them.
    esbuild.onResolve(
      { filter: /\/(errors\/(anjuan-error|codes)|lifecycle\/\w+|model\/[\w-]+|digest\/sha256)\.js$/ },
      ({ resolveDir }) =>
        resolveDir.replaceAll('\\', '/').match(/packages\/core\/src\/(outbox|worker|errors)/)
          ? first('@anjuan/core')
          : undefined,
    );
    // Decorators and directives name the parts of lit, which it exports as a whole.
    esbuild.onResolve({ filter: /(^|\/)(lit-html|reactive-element)(\.js)?$/ }, () => first('lit'));
    esbuild.onLoad({ filter: /.*/, namespace: 'first-script' }, ({ path }) => ({
      contents: `if (!globalThis.Anjuan) throw new Error('anjuan.min.js must stand before the other scripts of Anjuan.');
        module.exports = globalThis.${shared[path]};`,
      loader: 'js',
    }));
  },
};

/**
 * The module script for pages that scan: goes after the first one. What few need (PDF files, TIFF, barcodes) are chunks in
 * the assets folder.
 * @type {import('esbuild').BuildOptions}
 */
export const captureBundleOptions = {
  entryPoints: { 'anjuan-capture.min': join(root, 'scripts/bundle/capture-entry.ts') },
  format: 'esm',
  splitting: true,
  chunkNames: 'assets/capture/[name]-[hash]',
  banner: bundleOptions.banner,
  plugins: [coreFromFirstScript, minifiedStyles],
};

/**
 * The module script for pages that show verdicts and take signatures: elements and desk.
 * @type {import('esbuild').BuildOptions}
 */
export const signBundleOptions = {
  ...captureBundleOptions,
  entryPoints: { 'anjuan-sign.min': join(root, 'scripts/bundle/sign-entry.ts') },
  chunkNames: 'assets/sign/[name]-[hash]',
};

/** What such a page loads when somebody signs: signers, appearances, tablets. Its own build, so that the first stays small. */
const signToolsOptions = {
  ...signBundleOptions,
  entryPoints: { 'anjuan-sign-tools.min': join(root, 'scripts/bundle/sign-tools-entry.ts') },
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
  const entryPoints = {
    ...captureBundleOptions.entryPoints,
    'anjuan-capture-devices.min': join(root, 'scripts/bundle/capture-devices-entry.ts'),
  };
  await build({ ...workspaceBuild, ...captureBundleOptions, entryPoints, outdir: folder });
  for (const options of [signBundleOptions, signToolsOptions]) {
    await build({ ...workspaceBuild, ...options, outdir: folder });
  }
  copyPdfjsAssets(join(folder, 'assets/pdfjs'));
  await buildCaptureAssets(join(folder, 'assets/capture'));
  await buildSignAssets(join(folder, 'assets/sign'));
  copyFileSync(join(root, 'THIRD_PARTY_NOTICES.md'), join(folder, 'THIRD_PARTY_NOTICES.md'));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  const { version } = JSON.parse(readFileSync(join(root, 'packages/viewer/package.json'), 'utf8'));
  writeFileSync(join(folder, 'integrity.json'), `${JSON.stringify({ version, files: integrity(folder) }, null, 2)}\n`);
  return readFileSync(join(folder, 'anjuan.min.js')).byteLength;
}
