export * from './decide.js';
export * from './labels.js';
export * from './relation.js';
export * from './roles.js';
export * from './rules.js';
