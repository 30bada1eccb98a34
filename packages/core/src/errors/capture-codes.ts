import type { ErrorCodeInfo } from './codes.js';
import { AnjuanError, type AnjuanErrorOptions } from './anjuan-error.js';

/** Codes of capture: devices, image work, the store on this computer, uploads. Same rules as `errorCodes`. */
export const captureErrorCodes = {
  'insecure-context': {
    meaning: 'The page is plain http, where browsers offer no camera and no devices.',
    retryable: false,
  },
  'feature-missing': { meaning: 'This browser lacks the interface that the device needs.', retryable: false },
  'permission-policy-blocked': {
    meaning: 'The embedding page does not pass the permission on to the iframe, or a policy forbids it.',
    retryable: false,
  },
  'camera-denied': { meaning: 'The user or the browser refused the camera.', retryable: false },
  'camera-not-found': { meaning: 'No camera is connected.', retryable: true },
  'camera-busy': { meaning: 'Another program or tab uses the camera.', retryable: true },
  'camera-lost': { meaning: 'The camera was unplugged or stopped in the middle of work.', retryable: true },
  'camera-dark': { meaning: 'The camera delivers black frames only.', retryable: true },
  'chooser-cancelled': { meaning: 'The user closed the device chooser without a choice.', retryable: false },
  'device-not-found': { meaning: 'No such device is connected.', retryable: true },
  'device-busy': { meaning: 'Another tab, program or driver holds the device.', retryable: true },
  'device-lost': { meaning: 'The device was unplugged in the middle of work.', retryable: true },
  'device-protected': {
    meaning: 'The browser never lets pages use this USB class, or the system driver holds it.',
    retryable: false,
  },
  'device-timeout': { meaning: 'The device did not answer in time.', retryable: true },
  'device-protocol': { meaning: 'The device answered something that its protocol does not allow.', retryable: true },
  'service-not-installed': { meaning: "The vendor's local service does not run on this computer.", retryable: true },
  'service-blocked': { meaning: 'The browser forbids the page to reach services on this computer.', retryable: false },
  'service-failed': { meaning: "The vendor's service reported an error.", retryable: true },
  'scanner-busy': { meaning: 'The scanner works for somebody else.', retryable: true },
  'scanner-empty': { meaning: 'No paper in the feeder.', retryable: true },
  'scanner-jam': { meaning: 'Paper is jammed.', retryable: true },
  'scanner-open': { meaning: 'A cover of the scanner is open.', retryable: true },
  'scanner-failed': { meaning: 'The scanner stopped with an error of its own.', retryable: true },
  'reader-no-card': { meaning: 'No card lies on the reader.', retryable: true },
  'reader-failed': { meaning: 'The reader could not read the card.', retryable: true },
  'reader-unusable': {
    meaning: 'The reader failed its own test or is not authorised for identity cards.',
    retryable: false,
  },
  'card-unsupported': { meaning: 'The card is of a kind that this reader or version does not know.', retryable: false },
  'barcode-not-found': { meaning: 'No barcode could be read in the image.', retryable: true },
  'image-too-large': { meaning: 'The image has more pixels than can be worked on.', retryable: false },
  'tiff-malformed': { meaning: 'The TIFF file is damaged.', retryable: false },
  'file-unsupported': {
    meaning: 'The file is no picture, TIFF or scanned PDF that can be imported as pages.',
    retryable: false,
  },
  'pdf-not-scanned': {
    meaning: 'The PDF has pages with text, drawings, stamps or signatures of its own, so it is no stack of scans.',
    retryable: false,
  },
  'too-many-pages': { meaning: 'The file has more pages than one import may bring.', retryable: false },
  'pipeline-failed': { meaning: 'The image worker stopped; the captured original is safe.', retryable: true },
  'storage-full': {
    meaning: 'This computer has no room for more pages; capture stops, upload goes on.',
    retryable: true,
  },
  'storage-failed': { meaning: "The browser's store refused to write.", retryable: true },
  'batch-in-use': { meaning: 'Another tab works on this batch.', retryable: true },
  'batch-not-found': { meaning: 'No such batch on this computer.', retryable: false },
  'batch-incomplete': { meaning: 'The batch has no document, or a document without pages or type.', retryable: false },
  'upload-refused': { meaning: 'The archive refuses this size or type.', retryable: false },
  'upload-lost': {
    meaning: 'The archive no longer has the beginning of the upload; it starts again.',
    retryable: true,
  },
} as const satisfies Record<string, ErrorCodeInfo>;

/** A code that only capture raises. */
export type CaptureErrorCode = keyof typeof captureErrorCodes;

/** True for a code of `captureErrorCodes`. */
export function isCaptureErrorCode(value: unknown): value is CaptureErrorCode {
  return typeof value === 'string' && Object.prototype.hasOwnProperty.call(captureErrorCodes, value);
}

/** An error with a capture code, with the meaning and `retryable` of the table. */
export function captureError(code: CaptureErrorCode, options: AnjuanErrorOptions = {}): AnjuanError {
  const { meaning, retryable } = captureErrorCodes[code];
  return new AnjuanError(code, { message: meaning, retryable, ...options });
}
