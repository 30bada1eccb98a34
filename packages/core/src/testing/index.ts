export * from './faults.js';
export * from './faulty-transport.js';
export * from './manual-clock.js';
export * from './suite.js';
export * from './transport-suite.js';
