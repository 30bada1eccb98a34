import { AnjuanError, type ErrorCode, type SafeDetails } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';

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

/** What to throw so that it crosses to the other thread. Unforeseen errors become `pipeline-failed`. */
export function toWire(error: unknown): WireError {
  const { code, message, retryable, details } = AnjuanError.is(error) ? error : captureError('pipeline-failed');
  return { anjuanError: { code, message, retryable, details } };
}

/** The error that came from the other thread. */
export function fromWire(value: unknown): AnjuanError {
  if (AnjuanError.is(value)) return value;
  if (typeof value !== 'object' || value === null || !('anjuanError' in value)) {
    return captureError('pipeline-failed', { cause: value });
  }
  const { code, ...options } = (value as WireError).anjuanError;
  return new AnjuanError(code, options);
}
