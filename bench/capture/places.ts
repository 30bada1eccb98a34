import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Generated once, then kept. */
export const cacheDir = `${root}.cache/bench-capture`;
export const scenesDir = `${cacheDir}/scenes`;
export const qualityDir = `${cacheDir}/quality`;
export const pagesDir = `${cacheDir}/pages`;
export const assetsDir = `${cacheDir}/assets`;
export const peersDir = `${root}bench/node_modules`;
export const photosDir = `${peersDir}/jscanify/docs/images/test`;
export const truthFile = `${root}bench/capture/truth/photos.json`;
