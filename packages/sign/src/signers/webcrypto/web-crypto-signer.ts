import { throwIfAborted } from '@anjuan/core';
import { onlyKind } from '../capability.js';
import type { Signer, SignerIdentity } from '../signer.js';
import { algorithmOfKey, signWithKey } from './web-crypto-key.js';

/** Options of {@link webCryptoSigner}. */
export interface WebCryptoSignerOptions {
  /** A private key that may sign; make it non-extractable. */
  readonly key: CryptoKey;
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER, nearest first. Default none. */
  readonly chain?: readonly Uint8Array[];
}

/**
 * A key of the page's WebCrypto: for tests and demonstrations only, so its identity is always `test`. Takes whole bytes,
 * because WebCrypto hashes itself. Errors: `crypto-unsupported` for a key of another kind.
 */
export function webCryptoSigner({ key, certificate, chain = [] }: WebCryptoSignerOptions): Signer {
  const identity: SignerIdentity = { certificate, chain, algorithm: algorithmOfKey(key), test: true };
  return {
    kind: 'webcrypto',
    capabilities: ['bytes'],
    identity: async ({ signal } = {}) => {
      throwIfAborted(signal);
      return Promise.resolve(identity);
    },
    sign: async (requests, { signal } = {}) => {
      const wanted = onlyKind(requests, ['bytes']);
      const values: Uint8Array[] = [];
      for (const { data } of wanted) {
        throwIfAborted(signal);
        values.push(await signWithKey(key, data));
      }
      throwIfAborted(signal);
      return values;
    },
  };
}
