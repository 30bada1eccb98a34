import { captureError } from '@anjuan/core/outbox';
import type { UnforeseenError } from '@anjuan/core/worker';

/** What the image worker makes of a fault that nobody foresaw. */
export const pipelineFailed: UnforeseenError = (options) => captureError('pipeline-failed', options);
