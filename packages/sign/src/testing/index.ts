export {};
export * from '../element/signature-pad/testing/index.js';
