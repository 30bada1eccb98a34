export * from './ptp-simulator.js';
