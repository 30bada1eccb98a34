import { lazySigner } from '../lazy-signer.js';
import type { Signer } from '../signer.js';
import type { UkeySignerOptions } from './ukey-session.js';

/**
 * A UKey behind its vendor's service on this computer, by the SOF functions. The PIN goes from the question to the service
 * and is kept nowhere. The key may be swapped between calls: `sign` refuses another certificate than `identity` gave.
 * Errors also: `signer-service-missing`, `signer-service-blocked`, `certificate-not-for-signing`, `certificate-expired`,
 * `certificate-revoked`, `certificate-not-yet-valid`.
 * @source GM/T 0020-2012 (SOF); request shape of the local services in use
 */
export function ukeySigner(options: UkeySignerOptions = {}): Signer {
  const load = async () => (await import('./ukey-session.js')).openUkey(options);
  return lazySigner('ukey', options.capabilities ?? ['bytes', 'cms'], load);
}
