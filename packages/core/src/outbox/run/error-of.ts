import { AnjuanError } from '../../errors/anjuan-error.js';
import { captureError, isCaptureErrorCode } from '../../errors/capture-codes.js';
import { isErrorCode } from '../../errors/codes.js';

/** The error of a code that was kept in the store, or came from another tab. */
export function errorOf(code: string): AnjuanError {
  if (isCaptureErrorCode(code)) return captureError(code);
  return new AnjuanError(isErrorCode(code) ? code : 'unexpected');
}
