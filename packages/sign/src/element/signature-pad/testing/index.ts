export { StubInkSource } from './stub-source.js';
export { syntheticInk, syntheticSamples } from './synthetic-ink.js';
