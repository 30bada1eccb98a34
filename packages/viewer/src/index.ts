export * from './source/page-source.js';
