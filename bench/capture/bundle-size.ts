import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { workspaceBuild } from '../../scripts/lib/workspace-build.mjs';
import { assetsDir, peersDir, root } from './places.js';

const gzKb = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).length / 1024;
const tidy = (value: number): number => Number(value.toFixed(1));

/** What the first load of capture weighs: the element without core and lit, which a page has anyway, and the worker. */
export async function bundleGzKb(): Promise<Record<string, number>> {
  const { outputFiles } = await build({
    ...workspaceBuild,
    entryPoints: [`${root}packages/capture/src/define.ts`],
    format: 'esm',
    write: false,
    outdir: 'out',
    splitting: true,
    external: ['@anjuan/core', '@anjuan/core/*', 'lit', 'lit/*', 'pdf-lib', 'zxing-wasm', 'zxing-wasm/*'],
  });
  const element = outputFiles.find(({ path }) => path.endsWith('define.js'));
  const worker = readFileSync(`${assetsDir}/capture/pipeline.worker.js`);
  const chunks = firstChunks(worker.toString());
  const workerKb = [worker, ...chunks].reduce((sum, bytes) => sum + gzKb(bytes), 0);
  const elementKb = element ? gzKb(element.contents) : 0;
  return {
    anjuan: tidy(elementKb + workerKb),
    anjuanElement: tidy(elementKb),
    anjuanWorker: tidy(workerKb),
    jscanify: tidy(
      gzKb(readFileSync(`${peersDir}/jscanify/src/jscanify.js`)) +
        gzKb(readFileSync(`${peersDir}/jscanify/src/opencv.js`)),
    ),
    scanic: tidy(gzKb(readFileSync(`${peersDir}/scanic/dist/scanic.js`))),
  };
}

/** Chunks that the worker imports at once, not those it fetches when needed. */
function firstChunks(worker: string): Buffer[] {
  return readdirSync(`${assetsDir}/capture`)
    .filter(
      (name) =>
        name.endsWith('.js') && new RegExp(`(from|import)\\s*"\\./${name.replaceAll('.', '\\.')}"`).test(worker),
    )
    .map((name) => readFileSync(`${assetsDir}/capture/${name}`));
}
