// npm run check:packages: packs every package as npm would and judges the tarball: publint, are-the-types-wrong, and an
// import of every public path from an installed copy, in plain Node. Run `npm run build` first.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { publishedPackages } from './lib/packages.mjs';
import { capture, root } from './lib/run.mjs';

const work = join(root, '.cache/packages');
const installed = join(work, 'node_modules/@anjuan');
rmSync(work, { recursive: true, force: true });
mkdirSync(installed, { recursive: true });

async function pack({ folder }) {
  const args = ['pack', '--json', '--silent', '--pack-destination', work];
  const { code, stdout, output } = await capture('npm', args, { cwd: folder });
  if (code !== 0) throw new Error(output);
  const [{ filename, size, files }] = JSON.parse(stdout);
  return { tarball: join(work, filename), size, files: files.map(({ path }) => path) };
}

async function lintPackage({ manifest }, { tarball }) {
  const { buffer, byteOffset, byteLength } = readFileSync(tarball);
  const { messages, pkg } = await publint({ pack: { tarball: buffer.slice(byteOffset, byteOffset + byteLength) } });
  return messages
    .filter(({ type }) => type !== 'suggestion')
    .map((message) => formatMessage(message, pkg, { color: false }) ?? `${manifest.name}: ${message.code}`);
}

async function judgeTypes(_, { tarball }) {
  const { code, output } = await capture('npx', [
    '--no-install',
    'attw',
    tarball,
    '--profile',
    'esm-only',
    '--no-color',
  ]);
  return code === 0 ? [] : [output];
}

function judgeContent(_, { files }) {
  return files
    .filter((path) => /\.test\.|\.tsbuildinfo$|(^|\/)testing\/.*\.test/.test(path))
    .map((path) => `ships ${path}`);
}

async function judgeImports({ name, manifest }, { tarball }) {
  const target = join(installed, name);
  mkdirSync(target, { recursive: true });
  await capture('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  const paths = Object.keys(manifest.exports).filter((path) => !path.endsWith('.json'));
  const problems = [];
  for (const path of paths) {
    const specifier = manifest.name + path.slice(1);
    const { code, output } = await capture(process.execPath, ['-e', `import(${JSON.stringify(specifier)})`], {
      cwd: work,
    });
    if (code !== 0) problems.push(`${specifier} does not import:\n${output}`);
  }
  return problems;
}

const judges = { content: judgeContent, publint: lintPackage, types: judgeTypes, imports: judgeImports };
// Third-party libraries come from this checkout: Node looks in the parent folder's node_modules.
const counts = { passed: 0, failed: 0 };
for (const item of publishedPackages()) {
  const packed = await pack(item);
  console.log(`${item.manifest.name} (${(packed.size / 1000).toFixed(0)} KB packed, ${packed.files.length} files)`);
  for (const [title, judge] of Object.entries(judges)) {
    const problems = await judge(item, packed);
    counts[problems.length === 0 ? 'passed' : 'failed'] += 1;
    console.log(`  ${problems.length === 0 ? '✓' : '✗'} ${title}`);
    for (const problem of problems) console.log(problem.replace(/^/gm, '      '));
  }
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 ? 1 : 0);
