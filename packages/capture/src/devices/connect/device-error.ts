import { AnjuanError } from '@anjuan/core';
import { captureError, type CaptureErrorCode } from '@anjuan/core/outbox';

/** What was being done to the device when the browser refused. */
export type DeviceStep = 'choose' | 'open' | 'claim' | 'transfer';

const CODES: Readonly<Record<DeviceStep, Readonly<Record<string, CaptureErrorCode>>>> = {
  // The chooser was closed without a choice; the page may not show one.
  choose: { NotFoundError: 'chooser-cancelled', SecurityError: 'permission-policy-blocked' },
  open: {
    SecurityError: 'device-protected',
    NotFoundError: 'device-not-found',
    NetworkError: 'device-busy',
    InvalidStateError: 'device-busy',
    NotAllowedError: 'device-busy',
  },
  claim: {
    SecurityError: 'device-protected',
    NotFoundError: 'device-lost',
    NetworkError: 'device-busy',
    InvalidStateError: 'device-busy',
  },
  transfer: {
    NotFoundError: 'device-lost',
    NetworkError: 'device-lost',
    InvalidStateError: 'device-lost',
    NotAllowedError: 'device-lost',
    AbortError: 'device-lost',
    TypeError: 'device-lost',
  },
};

/** Name of whatever was thrown; `instanceof` fails for errors of another frame. */
export function errorName(cause: unknown): string {
  const { name } = (cause ?? {}) as { name?: unknown };
  return typeof name === 'string' ? name : '';
}

/** The typed error of what WebHID, WebUSB or Web Serial threw. @source WICG WebUSB, WebHID, Web Serial: errors of each call */
export function deviceError(cause: unknown, step: DeviceStep): AnjuanError {
  if (AnjuanError.is(cause)) return cause;
  const name = errorName(cause);
  const message = String((cause as { message?: unknown } | undefined)?.message ?? '');
  // Browsers use one name for two things here, and only their (never translated) message tells them apart.
  if (step === 'choose' && name === 'SecurityError' && /user gesture/i.test(message)) {
    return captureError('chooser-cancelled', { cause, details: { step, reason: 'no user gesture' } });
  }
  const code = CODES[step][name];
  return code ? captureError(code, { cause, details: { step } }) : new AnjuanError('unexpected', { cause });
}

/** Runs one step with a device; what the browser throws comes out typed. */
export async function atDevice<T>(step: DeviceStep, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw deviceError(cause, step);
  }
}
