export * from './frame-source-suite.js';
export * from './id-card-reader-suite.js';
export * from './fake-camera.js';
export * from './sam-people.js';
export * from './sam-simulator.js';
export * from './sam-wire.js';
export * from './tiff-writer.js';
