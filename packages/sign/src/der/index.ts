export { readDer, readElements, tags, type DerNode } from './read.js';
export * from './values.js';
export * from './write.js';
export { oids } from './oids.js';
