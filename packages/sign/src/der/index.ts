export { readDer, readElements, tags, type DerNode } from './read.js';
export * from './values.js';
export * from './write.js';
export { fromBer } from './from-ber.js';
export { oids } from './oids.js';
