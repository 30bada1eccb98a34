// npm run test:fuzz: throws random chunks at every parser that reads bytes of devices, services, files or signatures.
// `npm run test:fuzz -- --seed 7 --runs 1000 ptp` runs the modules whose path contains "ptp" with that seed and count.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listFiles } from './lib/test-files.mjs';
import { root } from './lib/run.mjs';

const inside = 'ANJUAN_FUZZ_INSIDE';

if (process.env[inside] === undefined) {
  const args = ['--conditions=anjuan-source', '--expose-gc', '--import', 'tsx', process.argv[1] ?? ''];
  const { status } = spawnSync(process.execPath, [...args, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.run.json', [inside]: '1' },
  });
  process.exit(status ?? 1);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, runs: { type: 'string' } },
});
const seed = Number(values.seed);
const files = listFiles(/\.fuzz\.ts$/, 'packages').filter(
  (path) => positionals.length === 0 || positionals.some((part) => path.includes(part)),
);

let failed = 0;
for (const path of files) {
  const module = await import(join(root, path));
  const runs = values.runs === undefined ? module.runs : Number(values.runs);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const started = performance.now();
  try {
    await module.fuzz({ seed, runs });
    globalThis.gc?.();
    const grownMb = (process.memoryUsage().heapUsed - before) / 1e6;
    // Caches of the engine grow a little; what a parser keeps after the run would be far more.
    if (grownMb > 64) throw new Error(`kept ${grownMb.toFixed(0)} MB`);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `✓ ${path}: ${runs} runs, seed ${seed}, ${seconds} s, heap ${grownMb >= 0 ? '+' : ''}${grownMb.toFixed(1)} MB`,
    );
  } catch (error) {
    failed += 1;
    console.log(`✗ ${path}: ${error instanceof Error ? error.stack : String(error)}`);
  }
}
console.log(`\n${files.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
