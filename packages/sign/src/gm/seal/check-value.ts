import { AnjuanError } from '@anjuan/core';
import type { CryptoEngine, SignatureAlgorithm } from '../../crypto/algorithms.js';
import { oids } from '../../der/oids.js';
import type { GmKernels } from '../kernels/load-kernels.js';
import { derUnsigned, derSequence } from '../../der/write.js';
import { sm2VerifySpki } from '../sm2/index.js';
import type { CertificateFacts } from './certificate-facts.js';
import type { SealReason } from './findings.js';

/** What may compute. SM2 needs neither. */
export interface SealCrypto {
  /** For seals with RSA or ECDSA, which older makers used; without it such checks are `unknown`. */
  readonly engine?: CryptoEngine | undefined;
  readonly kernels?: GmKernels | undefined;
}

const algorithms: Readonly<Record<string, SignatureAlgorithm>> = {
  [oids.sm2WithSm3]: { kind: 'sm2' },
  [oids.sm2Sign]: { kind: 'sm2' },
  [oids.sm2Curve]: { kind: 'sm2' },
  [oids.sha1WithRsa]: { kind: 'rsa-pkcs1', hash: 'sha-1' },
  [oids.sha256WithRsa]: { kind: 'rsa-pkcs1', hash: 'sha-256' },
  [oids.ecdsaWithSha256]: { kind: 'ecdsa', hash: 'sha-256' },
};

/** Signature algorithm of a seal; undefined when it is not supported. @source GM/T 0006-2012 */
export function sealAlgorithm(oid: string): SignatureAlgorithm | undefined {
  return algorithms[oid];
}

/** True, false, or why it cannot be said. */
export async function checkValue(
  request: {
    readonly algorithmOid: string;
    readonly facts: CertificateFacts;
    readonly data: Uint8Array;
    readonly signature: Uint8Array;
  },
  crypto: SealCrypto,
): Promise<boolean | Extract<SealReason, 'algorithm-unsupported' | 'weak-digest' | 'key-unusable' | 'signature-raw'>> {
  const algorithm = sealAlgorithm(request.algorithmOid);
  const { facts, data, signature } = request;
  try {
    if (algorithm?.kind === 'sm2') return checkSm2(facts.spki, data, signature, crypto);
    if (!algorithm || !crypto.engine) return 'algorithm-unsupported';
    if ('hash' in algorithm && algorithm.hash === 'sha-1') return 'weak-digest';
    return await crypto.engine.verify({ algorithm, publicKey: facts.spki, signature, data });
  } catch (error) {
    if (!(error instanceof AnjuanError)) throw error;
    if (error.code === 'crypto-unsupported') return 'algorithm-unsupported';
    if (error.code === 'gm-malformed' || error.code === 'der-malformed') return 'key-unusable';
    throw error;
  }
}

/** Some makers write r and s as 64 bare bytes: against GM/T 0009, and told apart from a wrong signature. */
function checkSm2(
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
  { kernels }: SealCrypto,
): boolean | 'signature-raw' {
  if (sm2VerifySpki(spki, { data, signature, kernels })) return true;
  if (signature.byteLength !== 64) return false;
  const encoded = derSequence(derUnsigned(signature.subarray(0, 32)), derUnsigned(signature.subarray(32)));
  return sm2VerifySpki(spki, { data, signature: encoded, kernels }) && 'signature-raw';
}
