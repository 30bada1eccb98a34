// node scripts/build-kernels.mjs: compiles packages/capture/kernels (AssemblyScript) into the committed kernels.data.ts.
// `--check` compares only.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main as compile } from 'assemblyscript/asc';
import { root } from './lib/run.mjs';

const folder = join(root, 'packages/capture/kernels');
const target = join(root, 'packages/capture/src/kernels/kernels.data.ts');

/** The text of kernels.data.ts. */
export async function kernelsModule() {
  let wasm;
  const { error, stderr } = await compile(
    [
      'index.ts',
      '--baseDir',
      folder,
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '-O3',
      '--noAssert',
      '--outFile',
      'out.wasm',
    ],
    { writeFile: (name, contents) => void (name === 'out.wasm' && (wasm = contents)) },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const base64 = Buffer.from(wasm).toString('base64');
  return `// Made from packages/capture/kernels by scripts/build-kernels.mjs.\nexport const kernelsWasm =\n  '${base64}';\n`;
}

const text = await kernelsModule();
if (process.argv.includes('--check')) {
  const fresh = readFileSync(target, 'utf8') === text;
  console.log(fresh ? 'kernels.data.ts is current' : 'kernels.data.ts is stale: node scripts/build-kernels.mjs');
  process.exit(fresh ? 0 : 1);
}
writeFileSync(target, text);
console.log(`kernels.data.ts: ${text.length} characters`);
