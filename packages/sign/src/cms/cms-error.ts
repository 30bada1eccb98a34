import { AnjuanError } from '@anjuan/core';
import { signError } from '../errors/sign-codes.js';

/** `cms-malformed` with a reason. */
export const cmsError = (reason: string): AnjuanError => signError('cms-malformed', { details: { reason } });

/** Runs a reader; what it cannot read is `cms-malformed` with the reason underneath. */
export function readingCms<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!AnjuanError.is(cause) || cause.code === 'cms-malformed') throw cause;
    throw signError('cms-malformed', { cause, details: cause.details });
  }
}
