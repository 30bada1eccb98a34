import { AnjuanError } from '@anjuan/core';
import { captureError, type CaptureErrorCode } from '@anjuan/core/outbox';

/** What was being done when the browser refused. */
export type UsbStep = 'choose' | 'list' | 'open' | 'claim' | 'transfer';

/** Codes by step and name of the DOMException. @source WebUSB (WICG draft) 6.1 and 6.2 */
const CODES: Readonly<Record<UsbStep, Readonly<Record<string, CaptureErrorCode>>>> = {
  // SecurityError: a permissions policy, or no user gesture.
  choose: { NotFoundError: 'chooser-cancelled', SecurityError: 'permission-policy-blocked' },
  list: { SecurityError: 'permission-policy-blocked' },
  // SecurityError: the system's driver holds the whole device. NetworkError: another program does.
  open: {
    SecurityError: 'device-protected',
    NetworkError: 'device-busy',
    NotFoundError: 'device-lost',
    InvalidStateError: 'device-busy',
  },
  // SecurityError: a protected class. NetworkError: another tab or a driver holds this interface.
  claim: {
    SecurityError: 'device-protected',
    NetworkError: 'device-busy',
    NotFoundError: 'device-lost',
    InvalidStateError: 'device-lost',
  },
  transfer: {
    NetworkError: 'device-lost',
    NotFoundError: 'device-lost',
    InvalidStateError: 'device-lost',
    AbortError: 'device-lost',
  },
};

/** The typed error for what WebUSB threw. */
export function usbError(step: UsbStep, cause: unknown): AnjuanError {
  if (AnjuanError.is(cause)) return cause;
  const name = typeof cause === 'object' && cause !== null ? (cause as { name?: unknown }).name : undefined;
  const codes = CODES[step];
  const code = typeof name === 'string' && Object.prototype.hasOwnProperty.call(codes, name) ? codes[name] : undefined;
  return captureError(code ?? (step === 'transfer' ? 'device-lost' : 'device-busy'), { cause, details: { step } });
}
