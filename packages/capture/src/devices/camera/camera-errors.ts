import { AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { AccessEnvironment } from '../access/environment.js';

/**
 * What a failed `getUserMedia` means. The browser says `NotAllowedError` for five different causes; page, policy and
 * permission state tell them apart.
 * @source W3C Media Capture and Streams 10.2, getUserMedia step 10; Chromium's messages
 */
export async function cameraError(error: unknown, environment: AccessEnvironment): Promise<AnjuanError> {
  if (AnjuanError.is(error)) return error;
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'SecurityError':
    case 'PermissionDeniedError':
      return refused(error, environment);
    case 'NotFoundError':
    case 'DevicesNotFoundError':
      return captureError('camera-not-found', { cause: error });
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError': // "Starting videoinput failed": the driver is held by someone else
      return captureError('camera-busy', { cause: error });
    case 'OverconstrainedError':
      return captureError('camera-not-found', { cause: error, details: { constraint: failedConstraint(error) ?? '' } });
    case 'TypeError':
      return captureError(environment.secure ? 'feature-missing' : 'insecure-context', { cause: error });
    default:
      return AnjuanError.from(error);
  }
}

/** Name of the constraint that an OverconstrainedError blames. */
export function failedConstraint(error: unknown): string | undefined {
  if (nameOf(error) !== 'OverconstrainedError') return undefined;
  const { constraint } = error as { constraint?: unknown };
  return typeof constraint === 'string' ? constraint : '';
}

/** True when the driver, not the user, refused to start this mode. */
export function cannotStart(error: unknown): boolean {
  return ['NotReadableError', 'TrackStartError', 'AbortError'].includes(nameOf(error));
}

/** Why no camera can be asked for at all; undefined when it can. */
export function cameraObstacle(environment: AccessEnvironment): AnjuanError | undefined {
  if (!environment.secure) return captureError('insecure-context');
  if (environment.allowsFeature('camera') === false) return policyBlocked(environment);
  return undefined;
}

async function refused(cause: unknown, environment: AccessEnvironment): Promise<AnjuanError> {
  const obstacle = cameraObstacle(environment);
  if (obstacle) return obstacle;
  const state = await environment.permission('camera');
  // "Permission denied by system": the browser may, the operating system forbids it to the browser.
  if (state === 'granted' || /system/i.test(messageOf(cause)))
    return captureError('camera-denied', { cause, details: { by: 'system' } });
  const by = state === 'prompt' ? 'dismissed' : 'site';
  return captureError('camera-denied', { cause, details: { by }, retryable: by === 'dismissed' });
}

function policyBlocked({ embedded }: AccessEnvironment): AnjuanError {
  return captureError('permission-policy-blocked', { details: { feature: 'camera', embedded } });
}

const nameOf = (error: unknown): string => String((error as { name?: unknown } | null)?.name ?? '');
const messageOf = (error: unknown): string => String((error as { message?: unknown } | null)?.message ?? '');
