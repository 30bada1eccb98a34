// npm test: from a fresh clone to a verdict. `npm test -- node` runs one stage: types, node, browser or system.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, ensureBrowser, ensurePrograms, giveUp, installDependencies } from './lib/prepare.mjs';
import { root, run, runBin, since } from './lib/run.mjs';
import { testFiles } from './lib/test-files.mjs';

const countsFile = join(root, '.cache/test-counts.json');

/** Runs one command of tests; its reporter leaves the counts in a file, and a crash without counts is one failure. */
async function counted(command) {
  rmSync(countsFile, { force: true });
  const code = await command({ ...process.env, ANJUAN_COUNTS: countsFile });
  const counts = existsSync(countsFile) ? JSON.parse(readFileSync(countsFile, 'utf8')) : { passed: 0, failed: 0 };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function nodeTests(files, { concurrency }) {
  if (files.length === 0) return { passed: 0, failed: 0 };
  const reporter = new URL('./lib/node-reporter.mjs', import.meta.url).href;
  const args = [
    '--conditions=anjuan-source',
    '--import',
    'tsx',
    '--test',
    '--test-timeout=180000',
    `--test-reporter=${reporter}`,
  ];
  return counted((env) =>
    run(process.execPath, [...args, `--test-concurrency=${concurrency}`, ...files], {
      env: { ...env, TSX_TSCONFIG_PATH: 'tsconfig.run.json' },
    }),
  );
}

const files = testFiles();
const stages = {
  types: async () => ((await runBin('tsc', ['-b'])) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
  node: () => nodeTests(files.node, { concurrency: 2 }),
  browser: () =>
    counted((env) => runBin('wtr', ['--config', 'web-test-runner.config.mjs', '--files', ...files.browser], { env })),
  system: () => nodeTests(files.system, { concurrency: 1 }),
};

checkNode();
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(stages, name));
if (unknown !== undefined) giveUp(`No stage '${unknown}'. Stages: ${Object.keys(stages).join(', ')}.`);

await installDependencies();
await ensurePrograms();
process.env.CHROME_PATH = await ensureBrowser();
mkdirSync(join(root, '.cache'), { recursive: true });
if (existsSync(join(root, 'scripts/story-archive.mjs'))) {
  console.log('\n== story archive');
  if ((await run(process.execPath, ['scripts/story-archive.mjs'])) !== 0)
    giveUp('The story archive could not be made.');
}

const total = { passed: 0, failed: 0 };
const rows = [];
for (const name of wanted.length > 0 ? wanted : Object.keys(stages)) {
  const started = performance.now();
  console.log(`\n== ${name}`);
  const { passed, failed, skipped = 0 } = await stages[name]();
  total.passed += passed;
  total.failed += failed;
  rows.push(`${name.padEnd(10)}${passed} passed, ${failed} failed, ${skipped} skipped   ${since(started)}`);
}
console.log(`\n${rows.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
