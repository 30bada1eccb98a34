// npm run test:verapdf: checks documents of the capture package with veraPDF, profile PDF/A-2b. Needs Java and Maven,
// which fetches the validator once from Maven Central into .cache/verapdf. Where they are missing it says so and passes;
// `--required` makes that a failure.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture, root, run, since } from './lib/run.mjs';

const version = '1.28.2';
const artifact = `org.verapdf.apps:greenfield-apps:${version}`;
const cache = join(root, '.cache/verapdf');
const jar = join(cache, `greenfield-apps-${version}.jar`);
const samples = join(cache, 'samples');

function skip(reason) {
  console.log(`verapdf: skipped: ${reason}`);
  process.exit(process.argv.includes('--required') ? 1 : 0);
}

async function works(command, args) {
  return (await capture(command, args)).code === 0;
}

if (!(await works('java', ['-version']))) skip('no Java on this machine');
if (!existsSync(jar)) {
  if (!(await works('mvn', ['-v']))) skip('no Maven on this machine, and the validator is not in .cache/verapdf');
  mkdirSync(cache, { recursive: true });
  const copy = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy';
  const fetched = await capture('mvn', ['-q', '-B', copy, `-Dartifact=${artifact}`, `-DoutputDirectory=${cache}`], {
    cwd: cache,
  });
  if (!existsSync(jar)) skip(`Maven cannot fetch ${artifact}: ${fetched.output.trim().split('\n')[0]}`);
}

const started = performance.now();
rmSync(samples, { recursive: true, force: true });
mkdirSync(samples, { recursive: true });
const write = ['--conditions=anjuan-source', '--import', 'tsx', 'scripts/lib/write-pdf-samples.ts', samples];
const written = await run(process.execPath, write, { env: { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.run.json' } });
if (written !== 0) process.exit(written);

const files = readdirSync(samples).map((name) => join(samples, name));
const cli = [
  '-cp',
  jar,
  'org.verapdf.apps.GreenfieldCliWrapper',
  '--flavour',
  '2b',
  '--format',
  'text',
  '-v',
  ...files,
];
const { stdout, output } = await capture('java', cli);
const passed = stdout.split('\n').filter((line) => line.startsWith('PASS ')).length;
console.log(output.trim());
console.log(`\nverapdf ${version}: ${passed} of ${files.length} documents are PDF/A-2b (${since(started)})`);
process.exit(files.length > 0 && passed === files.length ? 0 : 1);
