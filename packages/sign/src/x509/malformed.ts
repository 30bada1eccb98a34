import { AnjuanError } from '@anjuan/core';
import { signError } from '../errors/sign-codes.js';

/** Runs a reader; what it cannot read is `certificate-malformed` with the reason underneath. */
export function readingCertificate<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof AnjuanError)) throw cause;
    throw signError('certificate-malformed', { cause, details: cause.details });
  }
}

/** `certificate-malformed` with a reason. */
export const certificateError = (reason: string): AnjuanError =>
  signError('certificate-malformed', { details: { reason } });
