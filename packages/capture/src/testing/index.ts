export * from './frame-source-suite.js';
export * from './id-card-reader-suite.js';
export * from './fake-camera.js';
