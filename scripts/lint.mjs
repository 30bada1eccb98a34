// npm run lint: every static check, one line each; all run even when one fails. `npm run lint -- eslint` runs one.
import { capture } from './lib/run.mjs';

const bin = (name, ...args) => ['npx', ['--no-install', name, ...args]];
const script = (name, ...args) => [process.execPath, [`scripts/${name}.mjs`, ...args]];
const cruised = ['packages', 'fixtures', 'stories', 'examples', 'bench', 'test'];

const checks = {
  eslint: bin('eslint', '.', '--max-warnings=0'),
  prettier: bin('prettier', '--check', '--log-level=warn', '.'),
  dependencies: bin('depcruise', '--config', '.dependency-cruiser.cjs', ...cruised),
  knip: bin('knip', '--no-config-hints'),
  kernels: script('build-kernels', '--check'),
  files: script('check-files'),
  'side-effects': script('check-side-effects'),
  texts: script('check-texts'),
  errors: script('check-errors'),
  docs: script('make-docs', '--check'),
  benchmarks: script('benchmarks-doc', '--check'),
};

const wanted = process.argv.slice(2);
const counts = { passed: 0, failed: 0 };
for (const [name, [command, args]] of Object.entries(checks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { code, output } = await capture(command, args);
  counts[code === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${code === 0 ? '✓' : '✗'} ${name}`);
  if (code !== 0) console.log(output.trimEnd().replace(/^/gm, '    '));
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 ? 1 : 0);
