import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { root } from './run.mjs';
import { workspaceBuild } from './workspace-build.mjs';

const entry = join(root, 'packages/sign/src/worker/sign.worker.ts');
const fonts = fileURLToPath(new URL('../fonts/', import.meta.resolve('@embedpdf/fonts-sc')));

/** Font of visible signatures and seals. */
const fontFile = 'NotoSansHans-Regular.otf';

/** esbuild options of the signing worker: GM cryptography, curves and ciphers are chunks of their own. */
export const signWorkerBuild = { ...workspaceBuild, entryPoints: [entry], format: 'esm', splitting: true };

/** Writes what `<assetsUrl>/sign/` holds into `target`. */
export async function buildSignAssets(target) {
  mkdirSync(join(target, 'fonts'), { recursive: true });
  await build({ ...signWorkerBuild, outdir: target, entryNames: '[name]', chunkNames: '[name]-[hash]' });
  copyFileSync(join(fonts, fontFile), join(target, 'fonts', fontFile));
}
