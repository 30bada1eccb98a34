import { buildSignedAttributes, buildSignedData, signatureAlgorithmFor } from '../../cms/index.js';
import { openCryptoEngine } from '../../crypto/index.js';
import type { Signer, SignerCapability, SignerIdentity, SignRequest } from '../../signers/signer.js';
import { openSoftwareKey } from '../../testing/signer-software-key.js';
import { parseCertificate } from '../../x509/index.js';

/** A signer over a key of a test certificate that writes down what it was asked. */
export interface KeySigner extends Signer {
  /** Kinds of the requests, one entry for each authorization. */
  readonly calls: SignRequest['kind'][][];
}

/** What the signer holds. */
export interface KeySignerOptions {
  readonly der: Uint8Array;
  readonly chain: readonly Uint8Array[];
  /** PKCS#8. */
  privateKey(): Promise<Uint8Array>;
}

/** RSA, P-256 or SM2, as the certificate says. Default capability `bytes`. */
export async function keySigner(
  holder: KeySignerOptions,
  capabilities: readonly SignerCapability[] = ['bytes'],
  seal?: (digest: Uint8Array, propertyInfo: string) => Promise<Uint8Array>,
): Promise<KeySigner> {
  const { der: certificate, chain } = holder;
  const key = await openSoftwareKey(await holder.privateKey());
  const hash = key.kind === 'sm2' ? 'sm3' : 'sha-256';
  const algorithm = signatureAlgorithmFor(parseCertificate(certificate).publicKey, hash);
  const identity: SignerIdentity = { certificate, chain, algorithm, test: true };
  const calls: SignRequest['kind'][][] = [];
  const answer = async (request: SignRequest): Promise<Uint8Array> => {
    if (request.kind === 'bytes') return key.signBytes(hash, request.data);
    if (request.kind === 'digest') return key.signDigest(request.hash, request.digest);
    if (request.kind === 'seal') return seal?.(request.digest, request.propertyInfo) ?? new Uint8Array();
    const { digest } = request;
    const engine = await openCryptoEngine();
    const signedAttributes = await buildSignedAttributes({ certificate, hash, digest, engine });
    const signature = await key.signBytes(hash, signedAttributes);
    return buildSignedData({ certificate, chain, algorithm, hash, signedAttributes, signature });
  };
  return {
    kind: 'test-key',
    capabilities,
    calls,
    identity: () => Promise.resolve(identity),
    sign: (requests) => {
      calls.push(requests.map(({ kind }) => kind));
      return Promise.all(requests.map(answer));
    },
  };
}
