// Reads the small committed records into an archive in memory and writes it to .cache/story-archive, for stories and tests.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashTree } from './lib/hash-tree.mjs';
import { root, run, since } from './lib/run.mjs';

const records = join(root, 'fixtures/records/small');
const out = join(root, '.cache/story-archive');
const stamp = join(root, '.cache/story-archive.sha256');

const started = performance.now();
const hash = hashTree([records, join(root, 'packages/archive/src'), join(root, 'packages/core/src/model')]);
const known = existsSync(stamp) && existsSync(join(out, 'snapshot.json')) ? readFileSync(stamp, 'utf8') : '';
if (known === hash && !process.argv.includes('--force')) {
  console.log('.cache/story-archive is up to date');
  process.exit(0);
}
mkdirSync(join(root, '.cache'), { recursive: true });
const bin = join(root, 'packages/archive/src/bin.ts');
const args = ['--conditions=anjuan-source', '--import', 'tsx', bin, 'snapshot', records, '--out', out];
const code = await run(process.execPath, args, { env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.run.json' } });
if (code !== 0) process.exit(code);
writeFileSync(stamp, hash);
console.log(`.cache/story-archive written in ${since(started)}`);
