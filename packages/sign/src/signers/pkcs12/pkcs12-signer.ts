import { lazySigner } from '../lazy-signer.js';
import type { Signer } from '../signer.js';
import type { Pkcs12SignerOptions } from './pkcs12-session.js';

/**
 * A key file: for tests and demonstrations only, because a file can be copied, so its identity is always `test` and policy
 * `production` refuses it. The key is taken into WebCrypto non-extractable; an SM2 key stays inside the module. Files need
 * AES encryption and a MAC of SHA-2. Errors also: `pkcs12-malformed` (details.reason).
 */
export function pkcs12Signer(options: Pkcs12SignerOptions): Signer {
  const load = async () => (await import('./pkcs12-session.js')).openPkcs12Signer(options);
  return lazySigner('pkcs12', ['bytes'], load);
}
