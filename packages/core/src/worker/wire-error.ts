import { AnjuanError, type SafeDetails } from '../errors/anjuan-error.js';
import type { ErrorCode } from '../errors/codes.js';

/**
 * An AnjuanError as plain data: structured cloning keeps only message and name of errors, and comlink's table of
 * transfer handlers belongs to the whole page.
 */
interface WireError {
  readonly anjuanError: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly retryable: boolean;
    readonly details: SafeDetails;
  };
}

/** Makes the error for a fault that nobody foresaw, for example `pipeline-failed`. */
export type UnforeseenError = (options: { readonly cause: unknown }) => AnjuanError;

/** What to throw so that it crosses to the other thread. */
export function toWire(error: unknown, unforeseen: UnforeseenError): WireError {
  const { code, message, retryable, details } = AnjuanError.is(error) ? error : unforeseen({ cause: error });
  return { anjuanError: { code, message, retryable, details } };
}

/** The error that came from the other thread. */
export function fromWire(value: unknown, unforeseen: UnforeseenError): AnjuanError {
  if (AnjuanError.is(value)) return value;
  if (typeof value !== 'object' || value === null || !('anjuanError' in value)) return unforeseen({ cause: value });
  const { code, ...options } = (value as WireError).anjuanError;
  return new AnjuanError(code, options);
}
