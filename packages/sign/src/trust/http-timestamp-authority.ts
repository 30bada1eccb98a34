import { signError } from '../errors/sign-codes.js';
import type { TimestampAuthority } from './ports.js';
import type { HttpTimestampAuthorityOptions } from './timestamp-exchange.js';

/**
 * Time stamps over HTTP. A token is only given back when its status, imprint, nonce, policy, time, signature and the purpose
 * of its certificate are as they should be; trust in the certificate is the verifier's question.
 * Errors: `timestamp-unavailable` (details.reason, httpStatus), `timestamp-refused` (details.status, failInfo),
 * `timestamp-mismatch` (details.reason), `aborted`.
 * @source RFC 3161 2.2, 2.3, 3.4
 */
export function httpTimestampAuthority(options: HttpTimestampAuthorityOptions): TimestampAuthority {
  return {
    timestamp: async (request) => {
      const { openTimestampAuthority } = await import('./timestamp-exchange.js').catch((cause: unknown) => {
        throw signError('timestamp-unavailable', { details: { reason: 'module' }, cause });
      });
      return openTimestampAuthority(options).timestamp(request);
    },
  };
}
