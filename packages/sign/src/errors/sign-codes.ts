import { AnjuanError, type AnjuanErrorOptions, type SignErrorCode } from '@anjuan/core';
import { signErrorCodes } from './sign-code-table.js';

/** True for a code of `signErrorCodes`. */
export function isSignErrorCode(value: unknown): value is SignErrorCode {
  return typeof value === 'string' && Object.prototype.hasOwnProperty.call(signErrorCodes, value);
}

/** An error with a code of signing, with the meaning and `retryable` of the table. */
export function signError(code: SignErrorCode, options: AnjuanErrorOptions = {}): AnjuanError {
  const { meaning, retryable } = signErrorCodes[code];
  return new AnjuanError(code, { message: meaning, retryable, ...options });
}
