export { fromWire, toWire, type UnforeseenError } from './wire-error.js';
export { WorkerHost, type WorkerHostOptions } from './worker-host.js';
