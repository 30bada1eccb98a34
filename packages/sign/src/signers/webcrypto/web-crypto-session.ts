import { throwIfAborted } from '@anjuan/core';
import { onlyKind } from '../capability.js';
import type { SignerWork } from '../lazy-signer.js';
import type { SignerIdentity } from '../signer.js';
import { algorithmOfKey, signWithKey } from './web-crypto-key.js';

/** Options of `webCryptoSigner`. */
export interface WebCryptoSignerOptions {
  /** A private key that may sign; make it non-extractable. */
  readonly key: CryptoKey;
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER, nearest first. Default none. */
  readonly chain?: readonly Uint8Array[];
}

/** The work of `webCryptoSigner`. */
export function openWebCrypto({ key, certificate, chain = [] }: WebCryptoSignerOptions): SignerWork {
  const identity: SignerIdentity = { certificate, chain, algorithm: algorithmOfKey(key), test: true };
  return {
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
