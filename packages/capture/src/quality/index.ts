export { comparePages, type PageMarks } from './compare-pages.js';
export { differenceHash } from './difference-hash.js';
export { motion } from './motion.js';
export { meanLevel } from './paper-level.js';
export { sharpness } from './sharpness.js';
