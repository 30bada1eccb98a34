// npm run bench:doc: writes docs/benchmarks.md from bench/results/record.json, and from nothing else. `--check` compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchmarksPage } from './lib/benchmarks-page.mjs';
import { finish } from './lib/check.mjs';
import { root } from './lib/run.mjs';

const source = join(root, 'bench/results/record.json');
const target = join(root, 'docs/benchmarks.md');
const page = benchmarksPage(JSON.parse(readFileSync(source, 'utf8')));
if (!process.argv.includes('--check')) writeFileSync(target, page);
const current = existsSync(target) && readFileSync(target, 'utf8') === page;
finish('docs/benchmarks.md says what bench/results/record.json says', [
  ...(current ? [] : ['docs/benchmarks.md is stale: npm run bench:doc']),
]);
