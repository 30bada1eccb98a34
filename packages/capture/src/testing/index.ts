export * from './frame-source-suite.js';
