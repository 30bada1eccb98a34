export { checkPage, type CheckInput } from './check-page.js';
export { comparePages, type PageMarks } from './compare-pages.js';
export { differenceHash, hashDistance } from './difference-hash.js';
export { qualityLimits } from './limits.js';
export { motion } from './motion.js';
export type { PageLook } from './page-look.js';
export type { PagePlace } from './cut-edge.js';
export { meanLevel } from './paper-level.js';
export { sharpness } from './sharpness.js';
