import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { workspaceBuild } from './workspace-build.mjs';
import { root } from './run.mjs';

const entry = join(root, 'packages/capture/src/worker/pipeline.worker.ts');
const zxingWasm = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));

/** esbuild options of the image worker: a module worker whose heavy parts are chunks of their own. */
export const captureWorkerBuild = { ...workspaceBuild, entryPoints: [entry], format: 'esm', splitting: true };

/** Writes what `<assetsUrl>/capture/` holds into `target`. */
export async function buildCaptureAssets(target) {
  mkdirSync(target, { recursive: true });
  if (existsSync(entry))
    await build({ ...captureWorkerBuild, outdir: target, entryNames: '[name]', chunkNames: '[name]-[hash]' });
  copyFileSync(zxingWasm, join(target, 'zxing_reader.wasm'));
}
