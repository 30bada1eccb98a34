// npm start: from a fresh clone to the example ward screen with sample records. Only Node's own modules until all is installed.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { hashTree } from './lib/hash-tree.mjs';
import { checkNode, ensurePrograms, giveUp, installDependencies } from './lib/prepare.mjs';
import { root, run, since } from './lib/run.mjs';

const cache = join(root, '.cache');
const stamps = join(cache, 'stamps');
const archiveData = join(cache, 'archive');
const sampleRecords = join(cache, 'records');
const bundle = join(root, 'dist/bundle');
const fromSource = ['--conditions=anjuan-source', '--import', 'tsx'];
const env = { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.run.json' };
const archiveBin = [...fromSource, join(root, 'packages/archive/src/bin.ts')];

/** Does a step unless the same inputs were done before and the result is still there. */
async function once(name, { inputs, result, title, work }) {
  const stamp = join(stamps, name);
  const hash = hashTree(inputs);
  if (existsSync(result) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  rmSync(stamp, { force: true });
  console.log(`\n${title} ...`);
  const started = performance.now();
  await work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, hash);
  console.log(`done in ${since(started)}`);
}

async function node(args, { ok = [0] } = {}) {
  const code = await run(process.execPath, args, { env });
  if (!ok.includes(code)) giveUp('This step failed; its message is above.');
}

/** Samples are never pulled away from under a running server. */
function refuseWhileServing() {
  const owner = join(archiveData, 'archive.sqlite.owner');
  const pid = existsSync(owner) ? Number.parseInt(readFileSync(owner, 'utf8'), 10) : Number.NaN;
  if (!Number.isInteger(pid)) return;
  try {
    process.kill(pid, 0);
  } catch {
    return;
  }
  giveUp(`The sample archive is in use by process ${pid}: npm start seems to run already. Stop it first.`);
}

const started = performance.now();
checkNode();
await installDependencies();
await ensurePrograms();

const generator = join(root, 'fixtures/src');
await once('records', {
  title: 'Writing the sample records (once)',
  inputs: [generator],
  result: sampleRecords,
  work: async () => {
    rmSync(sampleRecords, { recursive: true, force: true });
    await node([...fromSource, join(root, 'fixtures/src/cli.ts'), 'samples', sampleRecords]);
  },
});
await once('ingest', {
  title: 'Reading the sample records into the archive',
  inputs: [generator, join(root, 'packages/archive/src'), join(root, 'packages/core/src/model')],
  result: join(archiveData, 'archive.sqlite'),
  work: async () => {
    refuseWhileServing();
    // The sample archive holds nothing but samples; a newer program reads them anew.
    rmSync(archiveData, { recursive: true, force: true });
    await node([...archiveBin, 'ingest', sampleRecords, '--data', archiveData], { ok: [0, 1] });
  },
});
await once('bundle', {
  title: 'Building the browser bundle',
  inputs: [
    'packages/core/src',
    'packages/viewer/src',
    'packages/capture/src',
    'packages/sign/src',
    'scripts/bundle',
    'scripts/lib',
  ].map((path) => join(root, path)),
  result: join(bundle, 'anjuan.min.js'),
  work: () => node([join(root, 'scripts/build-bundle.mjs')]),
});

console.log(`\nReady in ${since(started)}.`);
const sites = [`/emr/=${join(root, 'examples/emr')}`, `/plain/=${join(root, 'examples/plain')}`, `/anjuan/=${bundle}`];
const pki = join(root, 'examples/services/hospital-pki.ts');
const args = ['serve', '--data', archiveData, '--home', '/emr/', '--spare-ports', '20', '--service', `/pki/=${pki}`];
const server = spawn(process.execPath, [...archiveBin, ...args, ...sites.flatMap((site) => ['--site', site])], {
  cwd: root,
  env,
  stdio: 'inherit',
});
// Ctrl-C reaches the server by itself; a plain kill of this process is passed on.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => server.kill('SIGTERM'));
server.on('exit', (code) => process.exit(code ?? 0));
