// The npm packages: one ES module per source file, nothing bundled, nothing minified. Types come from `tsc -b`.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import esbuild from 'rollup-plugin-esbuild';
import { minifiedStylesForRollup } from './scripts/lib/minify-styles.mjs';
import { packageSources, publishedPackages } from './scripts/lib/packages.mjs';
import { root } from './scripts/lib/run.mjs';

/** Sources import `./x.js`, as the output will; on disk that is `./x.ts`. */
const sourceImports = {
  name: 'source-imports',
  resolveId(id, importer) {
    if (importer === undefined || !id.startsWith('.')) return null;
    const file = resolve(dirname(importer), id.replace(/\.js$/, '.ts'));
    return existsSync(file) ? file : null;
  },
};

export default publishedPackages().map(({ folder }) => ({
  input: packageSources(folder),
  external: (id) => !id.startsWith('.') && !id.startsWith('/'),
  plugins: [
    sourceImports,
    minifiedStylesForRollup,
    esbuild({ target: 'es2022', tsconfig: join(root, 'tsconfig.base.json'), sourceMap: true }),
  ],
  output: {
    dir: join(folder, 'dist'),
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: join(folder, 'src'),
    sourcemap: true,
    sourcemapExcludeSources: true,
  },
  onwarn(warning, warn) {
    // A file of types alone is an empty module, on purpose.
    if (warning.code !== 'EMPTY_BUNDLE') warn(warning);
  },
}));
