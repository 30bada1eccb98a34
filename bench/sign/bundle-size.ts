import { gzipSync } from 'node:zlib';
import { build, type BuildOptions } from 'esbuild';
import { signBundleOptions } from '../../scripts/lib/bundle.mjs';
import { minifiedStyles } from '../../scripts/lib/minify-styles.mjs';
import { workspaceBuild } from '../../scripts/lib/workspace-build.mjs';
import { peerEntries } from './build-pages.js';
import { benchDir, root } from './places.js';

const tidy = (bytes: number): number => Number((bytes / 1000).toFixed(1));

/** Gzipped bytes of the entry and all that it imports at once; what is fetched when needed is not counted. */
async function firstLoad(options: BuildOptions): Promise<number> {
  const { outputFiles, metafile } = await build({
    ...options,
    outfile: '',
    outdir: 'out',
    write: false,
    metafile: true,
  } as BuildOptions & { write: false; metafile: true });
  const entry = Object.entries(metafile.outputs).find(([path, { entryPoint }]) => {
    const given = Object.values(options.entryPoints ?? {}) as string[];
    return (
      path.endsWith('.js') &&
      entryPoint !== undefined &&
      (entryPoint === '<stdin>' || given.some((one) => one.endsWith(entryPoint)))
    );
  });
  const seen = new Set<string>();
  const queue = entry ? [entry[0]] : [];
  let bytes = 0;
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const asked = path;
    const file = outputFiles.find((one) => one.path.replaceAll('\\', '/').endsWith(asked));
    bytes += file ? gzipSync(file.contents, { level: 9 }).length : 0;
    for (const next of metafile.outputs[path]?.imports ?? [])
      if (next.kind === 'import-statement' && !next.external) queue.push(next.path);
  }
  return bytes;
}

const own = (contents: string): BuildOptions => ({
  ...workspaceBuild,
  stdin: { contents, resolveDir: root, loader: 'ts' },
  format: 'esm',
  splitting: true,
  plugins: [minifiedStyles],
});
const peerBuild = (contents: string): BuildOptions => ({
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'chrome125',
  logLevel: 'error',
  stdin: { contents, resolveDir: benchDir },
});
const worker = `import './packages/sign/src/worker/sign.worker.ts';`;

/** What a browser loads, KB of 1000 bytes, gzipped: ours by the moment when it is needed, peers as a whole. */
export async function bundleGzKb(): Promise<Record<string, number>> {
  return {
    anjuanPadReportAndDesk: tidy(await firstLoad({ ...workspaceBuild, ...(signBundleOptions as BuildOptions) })),
    anjuanSigningHalf: tidy(await firstLoad(own(`${worker} export * from './packages/sign/src/signing/index.ts';`))),
    anjuanVerifyingHalf: tidy(await firstLoad(own(`${worker} export * from './packages/sign/src/verify/index.ts';`))),
    anjuanGm: tidy(await firstLoad(own(`export * from './packages/sign/src/gm/index.ts';`))),
    signaturePad: tidy(await firstLoad(peerBuild(peerEntries['peer-signature-pad']))),
    libpdf: tidy(await firstLoad(peerBuild(peerEntries['peer-libpdf']))),
    cantooAndPkijs: tidy(await firstLoad(peerBuild(peerEntries['peer-cantoo']))),
    smCryptoV2: tidy(await firstLoad(peerBuild(peerEntries['peer-sm-crypto']))),
  };
}
