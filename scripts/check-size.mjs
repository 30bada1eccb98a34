// npm run size: what a browser downloads, minified and gzipped, against the budgets. KB = 1000 bytes.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundleOptions, captureBundleOptions, signBundleOptions } from './lib/bundle.mjs';
import { captureWorkerBuild } from './lib/capture-assets.mjs';
import { minifiedStyles } from './lib/minify-styles.mjs';
import { workspaceBuild } from './lib/workspace-build.mjs';

const entry = (contents) => ({
  stdin: { contents, resolveDir: '.', loader: 'ts' },
  format: 'esm',
  splitting: true,
  plugins: [minifiedStyles],
});
const budgets = [
  {
    name: 'client with comlink and idb',
    limitKb: 25,
    options: entry(`export * from '@anjuan/core'; export * from 'comlink'; export { openDB } from 'idb';`),
  },
  ...['viewer', 'search-box'].map((tag) => ({
    name: `first tag on screen: provider and ${tag}, before a record or a PDF engine`,
    limitKb: 60,
    options: {
      ...entry(`import '@anjuan/core/define'; import '@anjuan/viewer/define/${tag}';`),
      external: ['pdfjs-dist/*'],
    },
  })),
  { name: 'one-file bundle before lazily loaded engines', limitKb: 150, options: bundleOptions },
  {
    name: 'store and outbox of capture, beside the client',
    limitKb: 25,
    options: entry(`export * from '@anjuan/core/outbox';`),
  },
  {
    name: 'capture beside core: element, worker and WASM until the live view stands',
    limitKb: 90,
    options: [{ ...captureBundleOptions, external: ['@anjuan/core/outbox'] }, captureWorkerBuild],
  },
  { name: 'sign beside core: pad, report and desk, before somebody signs', limitKb: 60, options: signBundleOptions },
  ...[
    ['a file is signed', 'signing/index', 60],
    ['a verdict stands', 'verify/index', 75],
  ].map(([until, half, limitKb]) => ({
    name: `signing worker until ${until}, without GM`,
    limitKb,
    options: entry(
      `import './packages/sign/src/worker/sign.worker.ts'; export * from './packages/sign/src/${half}.ts';`,
    ),
  })),
];

/** Gzipped bytes of the entry and of everything it imports statically; lazy chunks are not counted. */
async function firstLoad(options) {
  const { outputFiles, metafile } = await build({
    ...workspaceBuild,
    ...options,
    outfile: undefined,
    outdir: 'out',
    write: false,
    metafile: true,
  });
  const contents = new Map(outputFiles.map((file) => [file.path, file.contents]));
  // Lazily loaded chunks have an entry point, too; the one that was asked for has a known name.
  const asked = [options.entryPoints ?? []].flatMap((given) => (Array.isArray(given) ? given : Object.values(given)));
  const isAsked = (path) => path === '<stdin>' || asked.some((entry) => entry.endsWith(path));
  const first = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint && isAsked(entryPoint))?.[0];
  const seen = new Set();
  const queue = [first];
  let bytes = 0;
  while (queue.length > 0) {
    const path = queue.pop();
    if (path === undefined || seen.has(path)) continue;
    seen.add(path);
    const file = [...contents].find(([full]) => full.replaceAll('\\', '/').endsWith(path));
    if (file !== undefined) bytes += gzipSync(file[1], { level: 9 }).byteLength;
    for (const { path: next, kind } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement') queue.push(next);
    }
  }
  return bytes;
}

const counts = { passed: 0, failed: 0 };
for (const { name, limitKb, options } of budgets) {
  let bytes = 0;
  for (const part of [options].flat()) bytes += await firstLoad(part);
  const kb = bytes / 1000;
  const fits = kb <= limitKb;
  counts[fits ? 'passed' : 'failed'] += 1;
  console.log(`${fits ? '✓' : '✗'} ${kb.toFixed(1).padStart(6)} of ${limitKb} KB  ${name}`);
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 ? 1 : 0);
