export type { MatModel } from './mat-model.js';
export { calibrateMat } from './calibrate-mat.js';
export { findPages, type FindPagesOptions } from './find-pages.js';
export { refineQuad } from './refine-quad.js';
export { splitGutter, type Gutter } from './split-gutter.js';
export { smoothQuad } from './smooth-quad.js';
export { convexHull, isConvex, quadIou, readingOrder } from './geometry.js';
