// npm run build:bundle: the folder a page without a build copies (dist/bundle: script, assets, hashes).
import { join } from 'node:path';
import { buildBundle } from './lib/bundle.mjs';
import { root, since } from './lib/run.mjs';

const started = performance.now();
const bytes = await buildBundle(join(root, 'dist/bundle'));
console.log(
  `dist/bundle/anjuan.min.js ${(bytes / 1024).toFixed(0)} KiB, with assets/ and integrity.json (${since(started)})`,
);
