import type { HashAlgorithm } from '../../crypto/algorithms.js';
import { equalBytes } from '../../der/write.js';
import { certificateFacts, type CertificateFacts } from './certificate-facts.js';
import { checkValue, sealAlgorithm, type SealCrypto } from './check-value.js';
import { failed, passed, sealVerification, unknown, type SealFinding, type SealVerification } from './findings.js';
import { checkSignerListed } from './signer-listed.js';
import type { SesSignature } from './seal.js';
import { checkCertificate, checkSealPeriod, verifySeal } from './verify-seal.js';

/** Clocks of signing devices may be ahead by this much. */
const CLOCK_TOLERANCE_MS = 300_000;

/** What a seal on a document is checked against. */
export interface SesSignatureContext extends SealCrypto {
  /** Milliseconds since 1970: now. */
  readonly atMs: number;
  /**
   * Time that a trusted timestamp proves; then period and certificates are checked at it. A time that is only claimed says
   * nothing of a seal or certificate whose period is over: that is `unknown`.
   */
  readonly provenMs?: number;
  /** Digest of the protected bytes; without it `data-hash` is `unknown`. */
  readonly contentDigest?: (hash: HashAlgorithm) => Promise<Uint8Array> | Uint8Array;
}

/**
 * Checks a seal on a document with everything in it: the seal by itself, who signed, when, over what. Never throws for a bad
 * one. Trust in the two certificates and in timestamps is the caller's.
 * @source GB/T 38540-2020 7; GM/T 0031-2014 6
 */
export async function verifySesSignature(
  signature: SesSignature,
  context: SesSignatureContext,
): Promise<SealVerification> {
  const { seal, time } = signature;
  const claimedMs = time.kind === 'claimed' ? time.timeMs : undefined;
  const usedMs = context.provenMs ?? claimedMs ?? context.atMs;
  const facts = certificateFacts(signature.certificate);
  const sealChecks = await verifySeal(seal, { ...context, atMs: usedMs });
  const lasting = (then: SealFinding, now: SealFinding): SealFinding =>
    context.provenMs === undefined && then.result === 'passed' && now.result !== 'passed'
      ? unknown(then.id, 'time-unknown')
      : then;
  return sealVerification([
    ...sealChecks.findings.map((finding) =>
      finding.id === 'seal-period' ? lasting(finding, checkSealPeriod(seal, context.atMs)) : finding,
    ),
    signature.signedVersion === seal.headerVersion
      ? passed('signature-version')
      : failed('signature-version', 'version-differs'),
    await checkSignerListed(seal.signers, signature.certificate, context),
    lasting(
      checkCertificate('signer-certificate', facts, usedMs),
      checkCertificate('signer-certificate', facts, context.atMs),
    ),
    checkTime(signature, context, claimedMs),
    await checkDataHash(signature, context),
    await checkSigner(signature, facts, context),
  ]);
}

function checkTime({ time }: SesSignature, context: SesSignatureContext, claimedMs: number | undefined): SealFinding {
  const id = 'signing-time';
  if (claimedMs === undefined) {
    if (context.provenMs !== undefined) return passed(id, 'time-in-token');
    return unknown(id, time.kind === 'token' ? 'time-in-token' : 'time-unknown');
  }
  const latestMs = Math.min(context.atMs, context.provenMs ?? Infinity) + CLOCK_TOLERANCE_MS;
  return claimedMs > latestMs ? failed(id, 'time-in-future') : passed(id);
}

async function checkDataHash(signature: SesSignature, context: SesSignatureContext): Promise<SealFinding> {
  const id = 'data-hash';
  if (!context.contentDigest) return unknown(id, 'digest-not-given');
  const algorithm = sealAlgorithm(signature.algorithm);
  if (!algorithm) return unknown(id, 'algorithm-unsupported');
  const digest = await context.contentDigest('hash' in algorithm ? algorithm.hash : 'sm3');
  // An empty digest is none: two of them are not the same content.
  return digest.byteLength > 0 && equalBytes(digest, signature.dataHash) ? passed(id) : failed(id, 'digest-differs');
}

async function checkSigner(
  signature: SesSignature,
  facts: CertificateFacts | undefined,
  crypto: SealCrypto,
): Promise<SealFinding> {
  const id = 'signature-value';
  if (!facts) return failed(id, 'certificate-unreadable');
  const result = await checkValue(
    { algorithmOid: signature.algorithm, facts, data: signature.toSign, signature: signature.signature },
    crypto,
  );
  if (result === true) return passed(id);
  if (result === false) return failed(id, 'signature-wrong');
  return result === 'key-unusable' || result === 'weak-digest' ? failed(id, result) : unknown(id, result);
}
