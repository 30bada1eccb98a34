export * from './types.js';
export { captureError, captureErrorCodes, isCaptureErrorCode, type CaptureErrorCode } from '../errors/capture-codes.js';
