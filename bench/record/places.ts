import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Generated once, then kept: everything the record bench reads. */
export const cacheDir = `${root}.cache/bench-record`;
/** The peer's files: `merged.pdf` and one PDF for each document. */
export const filesDir = `${cacheDir}/files`;
export const recordsDir = `${cacheDir}/records`;
export const archiveDir = `${cacheDir}/archive`;
export const bundleDir = `${root}dist/bundle`;
export const peersDir = `${root}bench/node_modules`;
export const pagesDir = `${root}bench/record/pages`;
