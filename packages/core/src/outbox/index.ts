export * from './types.js';
export { captureError, captureErrorCodes, isCaptureErrorCode, type CaptureErrorCode } from '../errors/capture-codes.js';
export { openCaptureStore, type CaptureStoreOptions } from './store/open-capture-store.js';
export type { OutboxStore } from './store/outbox-store.js';
export { createTusTransport, type TusTransportOptions } from './upload/create-tus-transport.js';
export { createChunkedTransport, type ChunkedTransportOptions } from './upload/create-chunked-transport.js';
export { createOutbox, type OutboxOptions } from './run/create-outbox.js';
export type { Network } from './run/network.js';
export type { Submitter } from './submit/submission.js';
