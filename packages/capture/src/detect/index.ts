export type { MatModel } from './mat-model.js';
export { calibrateMat } from './calibrate-mat.js';
export { findPages, type FindPagesOptions } from './find-pages.js';
export { refineQuad } from './refine-quad.js';
export { splitGutter } from './split-gutter.js';
