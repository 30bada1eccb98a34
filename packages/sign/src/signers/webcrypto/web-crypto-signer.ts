import { lazySigner } from '../lazy-signer.js';
import type { Signer } from '../signer.js';
import type { WebCryptoSignerOptions } from './web-crypto-session.js';

/**
 * A key of the page's WebCrypto: for tests and demonstrations only, so its identity is always `test`. Takes whole bytes,
 * because WebCrypto hashes itself. Errors also: `crypto-unsupported` for a key of another kind.
 */
export function webCryptoSigner(options: WebCryptoSignerOptions): Signer {
  const load = async () => (await import('./web-crypto-session.js')).openWebCrypto(options);
  return lazySigner('webcrypto', ['bytes'], load);
}
