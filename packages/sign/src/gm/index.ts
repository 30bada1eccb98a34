export { loadGmKernels, type GmKernels } from './kernels/load-kernels.js';
export * from './seal/index.js';
export * from './sm2/index.js';
export * from './sm3/index.js';
export * from './sm4/index.js';
