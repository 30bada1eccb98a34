import { ecdsaToDer } from '../../crypto/index.js';
import type { SignatureAlgorithm } from '../../crypto/algorithms.js';
import type { Signer, SignerIdentity, SignRequest } from '../../signers/signer.js';

/** A signer over a key of a test certificate that writes down what it was asked. */
export interface KeySigner extends Signer {
  /** One entry for each authorization. */
  readonly calls: SignRequest['kind'][][];
}

/** Signs bytes with WebCrypto: RSA PKCS#1 v1.5 or ECDSA P-256, both with SHA-256. */
export async function keySigner(options: {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  /** PKCS#8. */
  readonly privateKey: Uint8Array<ArrayBuffer>;
  readonly kind: 'rsa' | 'ec';
  readonly test?: boolean;
}): Promise<KeySigner> {
  const rsa = options.kind === 'rsa';
  const name = rsa ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('pkcs8', options.privateKey, name, false, ['sign']);
  const algorithm: SignatureAlgorithm = { kind: rsa ? 'rsa-pkcs1' : 'ecdsa', hash: 'sha-256' };
  const identity: SignerIdentity = {
    certificate: options.certificate,
    chain: options.chain,
    algorithm,
    test: options.test ?? true,
  };
  const calls: SignRequest['kind'][][] = [];
  return {
    kind: 'webcrypto',
    capabilities: ['bytes'],
    calls,
    identity: () => Promise.resolve(identity),
    sign: (requests) => {
      calls.push(requests.map(({ kind }) => kind));
      return Promise.all(
        requests.map(async (request) => {
          if (request.kind !== 'bytes') throw new TypeError(request.kind);
          const value = await crypto.subtle.sign({ ...name, hash: 'SHA-256' }, key, Uint8Array.from(request.data));
          return rsa ? new Uint8Array(value) : ecdsaToDer(new Uint8Array(value));
        }),
      );
    },
  };
}
