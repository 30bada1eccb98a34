export * from './folder-format.js';
