import { signError } from '../../errors/sign-codes.js';

/** The picture cannot be a seal; the reason is a fixed word. */
export const pictureError = (reason: string) => signError('seal-picture-unsupported', { details: { reason } });
