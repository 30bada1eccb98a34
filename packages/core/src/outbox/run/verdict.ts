import { AnjuanError } from '../../errors/anjuan-error.js';
import type { ErrorCode } from '../../errors/codes.js';

/**
 * What a failed job means for uploading. `ended`: the client was closed. `pause`: nothing can go until the line is back. `sign-in`,
 * `forbidden`: nothing can go until a person does something. `park`: this job cannot go as it is, others can. `restart`:
 * this job begins anew. `later`: this job alone waits. `gone`: nobody wants it any more.
 */
export type Verdict = 'ended' | 'pause' | 'sign-in' | 'forbidden' | 'park' | 'restart' | 'later' | 'gone';

const byCode: Partial<Record<ErrorCode, Verdict>> = {
  aborted: 'ended',
  'client-closed': 'ended',
  'auth-required': 'sign-in',
  'auth-expired': 'sign-in',
  'record-forbidden': 'forbidden',
  'capability-missing': 'forbidden',
  'upload-refused': 'park',
  'upload-lost': 'restart',
  'integrity-mismatch': 'restart',
  'protocol-invalid': 'restart',
  'batch-not-found': 'gone',
};

/** Judges the failure of an upload. */
export function verdictOf(error: unknown): Verdict {
  const { code, retryable } = AnjuanError.from(error);
  // Bytes that changed on this disk will not change back.
  if (code === 'integrity-mismatch' && !retryable) return 'park';
  return byCode[code] ?? (code.startsWith('network-') ? 'pause' : 'later');
}

/** Submissions that the archive will refuse again, however often they are sent; a person must decide. */
const refusals: readonly ErrorCode[] = [
  'validation-failed',
  'integrity-mismatch',
  'invalid-argument',
  'record-not-found',
  'record-forbidden',
  'record-sealed',
  'document-not-found',
  'document-locked',
  'capability-missing',
  'protocol-invalid',
  'upload-refused',
  'batch-incomplete',
];

/** True when finishing must be given back to the user. */
export function isRefusal(error: unknown): boolean {
  return refusals.includes(AnjuanError.from(error).code);
}

/** Once may be a broken line; again and again it is the archive's answer. */
const parkedWhenRepeated: readonly string[] = ['integrity-mismatch', 'protocol-invalid', 'validation-failed'];

/** True for failures that park a job only when they come back. */
export function parksWhenRepeated(errorCode: string): boolean {
  return parkedWhenRepeated.includes(errorCode);
}

/** Codes that keep a page out of the queue until somebody acts. */
export function isParked(errorCode: string | undefined): boolean {
  return errorCode === 'upload-refused' || (errorCode !== undefined && parksWhenRepeated(errorCode));
}
