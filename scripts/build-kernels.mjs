// node scripts/build-kernels.mjs: compiles packages/*/kernels (AssemblyScript) into the committed kernels.data.ts beside
// their callers. `--check` compares only.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main as compile } from 'assemblyscript/asc';
import { root } from './lib/run.mjs';

/** Package, its kernels, folder of the module that is made. GM kernels are apart: pages without GM do not load them. */
const modules = [
  { name: 'capture', entry: 'index.ts', folder: 'src/kernels' },
  { name: 'sign', entry: 'index.ts', folder: 'src/crypto/kernels' },
  { name: 'sign', entry: 'gm.ts', folder: 'src/gm/kernels' },
];

/** The text of the kernels.data.ts of a package. */
async function kernelsModule(name, entry) {
  let wasm;
  const { error, stderr } = await compile(
    [
      entry,
      '--baseDir',
      join(root, 'packages', name, 'kernels'),
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '-O3',
      '--noAssert',
      '--outFile',
      'out.wasm',
    ],
    { writeFile: (file, contents) => void (file === 'out.wasm' && (wasm = contents)) },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const base64 = Buffer.from(wasm).toString('base64');
  return `// Made from packages/${name}/kernels by scripts/build-kernels.mjs.\nexport const kernelsWasm =\n  '${base64}';\n`;
}

let stale = 0;
for (const { name, entry, folder } of modules) {
  if (!existsSync(join(root, 'packages', name, 'kernels', entry))) continue;
  const target = join(root, 'packages', name, folder, 'kernels.data.ts');
  const text = await kernelsModule(name, entry);
  const fresh = existsSync(target) && readFileSync(target, 'utf8') === text;
  if (process.argv.includes('--check')) {
    if (!fresh) stale += 1;
    console.log(`${name}/${folder}: kernels.data.ts is ${fresh ? 'current' : 'stale: node scripts/build-kernels.mjs'}`);
  } else if (!fresh) {
    writeFileSync(target, text);
    console.log(`${name}/${folder}: kernels.data.ts, ${text.length} characters`);
  }
}
process.exit(stale > 0 ? 1 : 0);
