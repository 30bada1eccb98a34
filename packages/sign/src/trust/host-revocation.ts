import { AnjuanError, throwIfAborted, untilAborted } from '@anjuan/core';
import { signError } from '../errors/sign-codes.js';
import type { RevocationEvidence, RevocationSource } from './ports.js';

/**
 * Revocation through the host page, for networks where browsers reach no responder: the callback asks the hospital's server
 * and gives DER back. Errors of the callback become `revocation-unavailable`; `aborted` stays.
 */
export function hostRevocation(
  ask: (request: {
    readonly certificate: Uint8Array;
    readonly issuer: Uint8Array;
    readonly signal: AbortSignal;
  }) => Promise<readonly RevocationEvidence[]>,
): RevocationSource {
  return {
    fetch: async ({ certificate, issuer, signal = new AbortController().signal }) => {
      throwIfAborted(signal);
      try {
        return await untilAborted(ask({ certificate, issuer, signal }), signal);
      } catch (cause) {
        throwIfAborted(signal);
        if (AnjuanError.is(cause, 'aborted')) throw cause;
        throw signError('revocation-unavailable', { details: { reason: 'host' }, cause });
      }
    },
  };
}
