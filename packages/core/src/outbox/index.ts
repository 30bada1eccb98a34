export * from './types.js';
export { captureError, captureErrorCodes, isCaptureErrorCode, type CaptureErrorCode } from '../errors/capture-codes.js';
export { openCaptureStore, type CaptureStoreOptions } from './store/open-capture-store.js';
export type { OutboxStore } from './store/outbox-store.js';
