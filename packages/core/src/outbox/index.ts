export * from './types.js';
export { captureError, captureErrorCodes, isCaptureErrorCode, type CaptureErrorCode } from '../errors/capture-codes.js';
export { openCaptureStore, type CaptureStoreOptions } from './store/open-capture-store.js';
export type { OutboxStore } from './store/outbox-store.js';
export { createTusTransport, type TusTransportOptions } from './upload/create-tus-transport.js';
export { createChunkedTransport, type ChunkedTransportOptions } from './upload/create-chunked-transport.js';
