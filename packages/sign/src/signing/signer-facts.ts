import { AnjuanError } from '@anjuan/core';
import type { HashAlgorithm, SignatureAlgorithm } from '../crypto/algorithms.js';
import { signError } from '../errors/sign-codes.js';
import type { SignerCapability, SignerIdentity } from '../signers/signer.js';
import { parseCertificate, type Certificate } from '../x509/index.js';
import type { SigningContext } from './context.js';
import type { SignatureOptions } from './types.js';

/** What is settled about a signer before anything is prepared. */
export interface SignerFacts {
  readonly identity: SignerIdentity;
  readonly certificate: Certificate;
  /** Which capability is used. */
  readonly way: SignerCapability;
  readonly algorithm: SignatureAlgorithm;
  /** Hash of the content. */
  readonly hash: HashAlgorithm;
}

const PREFERRED: readonly SignerCapability[] = ['cms', 'digest', 'bytes', 'seal'];

const keyKinds: Readonly<Record<SignatureAlgorithm['kind'], Certificate['publicKey']['kind']>> = {
  'rsa-pkcs1': 'rsa',
  'rsa-pss': 'rsa',
  ecdsa: 'ec',
  ed25519: 'ed25519',
  sm2: 'sm2',
};

/**
 * Asks the signer who it is and judges the certificate. Errors: `signer-test-only`, `certificate-expired`,
 * `certificate-not-yet-valid`, `certificate-not-for-signing`, `certificate-mismatch`, `crypto-unsupported`, those of the signer.
 */
export async function signerFacts(options: SignatureOptions, context: SigningContext): Promise<SignerFacts> {
  const { signer } = options;
  const identity = await signer.identity(context.call);
  if (identity.test && context.setup.policy === 'production') throw signError('signer-test-only');
  const certificate = parseCertificate(identity.certificate);
  const { keyUsage, notAfter, notBefore, publicKey } = certificate;
  if (context.time > notAfter) throw signError('certificate-expired');
  if (context.time < notBefore) throw signError('certificate-not-yet-valid');
  if (keyUsage && !keyUsage.has('digital-signature') && !keyUsage.has('non-repudiation'))
    throw signError('certificate-not-for-signing');
  if (publicKey.kind !== keyKinds[identity.algorithm.kind])
    throw signError('certificate-mismatch', { details: { key: publicKey.kind, algorithm: identity.algorithm.kind } });
  const way = PREFERRED.find(
    (capability) => signer.capabilities.includes(capability) && (options.capability ?? capability) === capability,
  );
  if (!way) throw new AnjuanError('invalid-argument', { details: { name: 'capability' } });
  return { identity, certificate, way, ...algorithmOf(options, identity, way) };
}

/** One hash for content and signature; a signer that hashes by itself keeps its own. */
function algorithmOf(
  { hash: asked }: SignatureOptions,
  { algorithm }: SignerIdentity,
  way: SignerCapability,
): { hash: HashAlgorithm; algorithm: SignatureAlgorithm } {
  const own = algorithm.kind === 'sm2' ? 'sm3' : algorithm.kind === 'ed25519' ? 'sha-512' : algorithm.hash;
  const hash = asked ?? (own === 'sha-1' ? 'sha-256' : own);
  const fixed = !('hash' in algorithm) || (way === 'bytes' && hash !== own) || (way === 'digest' && hash === 'sm3');
  if (hash === 'sha-1' || (fixed && hash !== own) || (algorithm.kind === 'ed25519' && way === 'digest'))
    throw signError('crypto-unsupported', { details: { hash, algorithm: algorithm.kind } });
  return { hash, algorithm: 'hash' in algorithm ? { ...algorithm, hash } : algorithm };
}
