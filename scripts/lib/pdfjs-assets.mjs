import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** What `<assetsUrl>/pdfjs/` holds, and where it comes from. Folders are copied whole. */
export const pdfjsAssets = {
  'pdf.min.mjs': join(root, 'legacy/build/pdf.min.mjs'),
  'pdf.worker.min.mjs': join(root, 'legacy/build/pdf.worker.min.mjs'),
  'pdf.modern.min.mjs': join(root, 'build/pdf.min.mjs'),
  'pdf.worker.modern.min.mjs': join(root, 'build/pdf.worker.min.mjs'),
  cmaps: join(root, 'cmaps'),
  standard_fonts: join(root, 'standard_fonts'),
  wasm: join(root, 'wasm'),
  iccs: join(root, 'iccs'),
};

/** File on disk for a path below `<assetsUrl>/pdfjs/`; undefined when the folder has no such file. */
export function pdfjsAssetFile(path) {
  const [head, ...rest] = path.split('/').filter((part) => part !== '' && part !== '..');
  const source = head === undefined ? undefined : pdfjsAssets[head];
  return source === undefined ? undefined : join(source, ...rest);
}

/** Copies the files and folders of `<assetsUrl>/pdfjs/` into `target`. */
export function copyPdfjsAssets(target) {
  mkdirSync(target, { recursive: true });
  for (const [name, source] of Object.entries(pdfjsAssets)) cpSync(source, join(target, name), { recursive: true });
}
