import { signError } from '../errors/sign-codes.js';
import type { NetworkRevocationOptions } from './ask-revocation.js';
import type { RevocationSource } from './ports.js';

/**
 * Asks the addresses that stand in the certificate: OCSP first, the revocation list when no responder knows. Empty for a
 * certificate that names none. Errors: `revocation-unavailable`, `certificate-malformed`, `aborted`.
 * @source RFC 5280 4.2.1.13, 4.2.2.1; RFC 6960 A.1
 */
export function networkRevocation(options: NetworkRevocationOptions = {}): RevocationSource {
  let source: RevocationSource | undefined;
  return {
    fetch: async (request) => {
      const { openRevocation } = await import('./ask-revocation.js').catch((cause: unknown) => {
        throw signError('revocation-unavailable', { details: { reason: 'module' }, cause });
      });
      source ??= openRevocation(options);
      return source.fetch(request);
    },
  };
}
