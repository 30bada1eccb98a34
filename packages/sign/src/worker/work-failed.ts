import type { UnforeseenError } from '@anjuan/core/worker';
import { signError } from '../errors/sign-codes.js';

/** What the worker makes of a fault that nobody foresaw. */
export const workFailed: UnforeseenError = (options) => signError('sign-worker-failed', options);
