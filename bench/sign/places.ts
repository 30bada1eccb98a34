import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const benchDir = `${root}bench`;
export const peersDir = `${benchDir}/node_modules`;

/** Generated once, then kept. */
export const cacheDir = `${root}.cache/bench-sign`;
export const pagesDir = `${cacheDir}/pages`;
export const assetsDir = `${cacheDir}/assets`;
export const outputsDir = `${cacheDir}/outputs`;
export const matrixDir = `${outputsDir}/matrix`;
export const largeFile = `${cacheDir}/large.pdf`;
