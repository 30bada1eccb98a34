import { AnjuanError } from '../../errors/anjuan-error.js';
import { captureError } from '../../errors/capture-codes.js';

/** What a failure of IndexedDB means to the caller. The transaction was undone whole, so nothing is half-written. */
export function storageError(error: unknown): AnjuanError {
  if (AnjuanError.is(error)) return error;
  const name = (error as { name?: unknown } | null | undefined)?.name;
  if (name === 'QuotaExceededError') return captureError('storage-full', { cause: error });
  const reason = typeof name === 'string' && /^[A-Za-z]{2,40}$/.test(name) ? name : 'unknown';
  return captureError('storage-failed', { cause: error, details: { reason } });
}
