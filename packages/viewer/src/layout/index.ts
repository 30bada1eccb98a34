export * from './anchor.js';
export * from './page-box.js';
export * from './page-scale.js';
export * from './record-layout.js';
export * from './visible-page.js';
export * from './zoom-steps.js';
