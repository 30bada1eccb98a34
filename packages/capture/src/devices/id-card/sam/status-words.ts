import type { AnjuanError } from '@anjuan/core';
import { captureError, type CaptureErrorCode } from '@anjuan/core/outbox';

/** Meaning of a status word, and the error it becomes. */
export interface StatusWord {
  /** Goes into the details of the error; fixed words, never data. */
  readonly meaning: string;
  /** Undefined: success. */
  readonly code: CaptureErrorCode | undefined;
}

/**
 * The third status byte of a reply; the first two are 0 or detail of the card (`xx`).
 * @source GA 450-2013, status words SW1 SW2 SW3
 */
export const samStatusWords: ReadonlyMap<number, StatusWord> = new Map([
  [0x90, { meaning: 'done', code: undefined }],
  [0x9f, { meaning: 'card found', code: undefined }],
  [0x10, { meaning: 'checksum of the command wrong', code: 'device-protocol' }],
  [0x11, { meaning: 'length of the command wrong', code: 'device-protocol' }],
  [0x21, { meaning: 'command wrong', code: 'device-protocol' }],
  [0x24, { meaning: 'command unknown', code: 'device-protocol' }],
  [0x31, { meaning: 'card did not prove itself to the reader', code: 'reader-failed' }],
  [0x32, { meaning: 'reader did not prove itself to the card', code: 'reader-failed' }],
  [0x33, { meaning: 'data of the card not confirmed', code: 'reader-failed' }],
  [0x40, { meaning: 'kind of card unknown', code: 'card-unsupported' }],
  [0x41, { meaning: 'card not read', code: 'reader-failed' }],
  [0x47, { meaning: 'no random number', code: 'reader-failed' }],
  [0x60, { meaning: 'self-test of the reader failed', code: 'reader-unusable' }],
  [0x66, { meaning: 'reader not authorised', code: 'reader-unusable' }],
  [0x80, { meaning: 'no card found', code: 'reader-no-card' }],
  [0x81, { meaning: 'card not selected', code: 'reader-failed' }],
  [0x91, { meaning: 'card has no such item', code: 'reader-failed' }],
]);

/** The error that a status word stands for. `details.status` is the third status byte. */
export function statusError(status: number, command: string): AnjuanError {
  const { code = 'device-protocol', meaning = 'status unknown' } = samStatusWords.get(status) ?? {};
  return captureError(code, { details: { status, meaning, command } });
}
