import { AnjuanError } from '@anjuan/core';
import { signError } from '../../errors/sign-codes.js';

/** `pdf-malformed` with a kebab-case reason and the offset of the trouble. */
export const malformed = (reason: string, offset?: number, cause?: unknown): AnjuanError =>
  new AnjuanError('pdf-malformed', {
    details: offset === undefined ? { reason } : { reason, offset },
    ...(cause === undefined ? {} : { cause }),
  });

/** `pdf-limits-exceeded` with the limit's name. */
export const beyondLimit = (reason: string): AnjuanError => signError('pdf-limits-exceeded', { details: { reason } });
