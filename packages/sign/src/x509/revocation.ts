import { AnjuanError } from '@anjuan/core';
import { equalBytes } from '../der/index.js';
import type { CryptoEngine } from '../crypto/algorithms.js';
import type { RevocationEvidence } from '../trust/ports.js';
import type { Certificate } from './certificate.js';
import { readCrlEvidence } from './revocation-crl.js';
import { readOcspEvidence } from './revocation-ocsp.js';

/** Why a piece of evidence was not used, or what is odd about it. */
export type RevocationFindingId =
  | 'evidence-malformed'
  | 'not-for-this-certificate'
  | 'responder-error'
  | 'responder-unknown'
  | 'responder-not-authorized'
  | 'responder-certificate-invalid'
  | 'signature-wrong'
  | 'algorithm-unsupported'
  /** Signed over SHA-1: counts only against the certificate. */
  | 'weak-hash'
  /** Issued before the time in question and no longer valid then. */
  | 'too-old'
  | 'from-the-future'
  /** Made when the certificate had expired: revocations may have been dropped. */
  | 'after-expiry'
  | 'crl-indirect'
  | 'crl-delta'
  | 'crl-scope'
  | 'crl-issuer-not-allowed'
  | 'unknown-critical-extension'
  | 'status-unknown';

/** One finding; `index` is the place in `evidence`. */
export interface RevocationFinding {
  readonly id: RevocationFindingId;
  readonly index: number;
}

/** Whether a certificate was revoked at the time in question. */
export type RevocationStatus =
  | {
      readonly status: 'good';
      readonly kind: 'ocsp' | 'crl';
      /** Place in `evidence`. */
      readonly index: number;
      /** Milliseconds since 1970. */
      readonly thisUpdate: number;
      readonly nextUpdate: number | undefined;
      /** Revoked, but after the time in question. */
      readonly revokedLater?: { readonly at: number; readonly reason: string };
      /** Certificate that signed the evidence. */
      readonly signedBy: Certificate;
      readonly findings: readonly RevocationFinding[];
    }
  | {
      readonly status: 'revoked';
      readonly kind: 'ocsp' | 'crl';
      readonly index: number;
      readonly revokedAt: number;
      /** For example `key-compromise`; `unspecified` when none is given. */
      readonly reason: string;
      readonly signedBy: Certificate;
      readonly findings: readonly RevocationFinding[];
    }
  | { readonly status: 'unknown'; readonly findings: readonly RevocationFinding[] };

/** What to evaluate. */
export interface RevocationRequest {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly evidence: readonly RevocationEvidence[];
  /** Time in question, milliseconds since 1970. */
  readonly at: number;
  /** Now, for evidence from the future. Default: the clock. */
  readonly now?: number;
  /** Certificates among which a responder may be; not trusted. */
  readonly pool?: readonly Certificate[];
  readonly engine: CryptoEngine;
  readonly signal?: AbortSignal;
}

/** What one piece of evidence says, before time is considered. */
export type Statement =
  | {
      readonly status: 'good' | 'revoked';
      readonly thisUpdate: number;
      readonly nextUpdate: number | undefined;
      readonly revokedAt?: number;
      readonly reason?: string;
      /** Keeps revocations of certificates that expired after this time. */
      readonly keptSince?: number;
      readonly signedBy: Certificate;
    }
  | { readonly status: 'unusable'; readonly why: RevocationFindingId };

/** Clocks of responders and hosts differ. */
const CLOCK_SKEW_MS = 5 * 60_000;
/** Evidence that names no next update speaks for a day. @source RFC 6960 4.2.2.1 leaves it open */
const DEFAULT_LIFE_MS = 24 * 3_600_000;

/**
 * Evaluates evidence against the time in question; one proven revocation outweighs all else, then the newest word counts.
 * Errors: `aborted`. @source RFC 6960 3.2, 4.2.2.2; RFC 5280 6.3
 */
export async function checkRevocation(request: RevocationRequest): Promise<RevocationStatus> {
  const { at, certificate, evidence, now = Date.now() } = request;
  const findings: RevocationFinding[] = [];
  let good: Extract<RevocationStatus, { status: 'good' }> | undefined;
  for (const [index, { kind, der }] of evidence.entries()) {
    if (request.signal?.aborted) throw new AnjuanError('aborted');
    const add = (id: RevocationFindingId): void => void findings.push({ id, index });
    const statement = await (kind === 'ocsp' ? readOcspEvidence : readCrlEvidence)(der, request, add);
    if (statement.status === 'unusable') {
      add(statement.why);
      continue;
    }
    const { thisUpdate, nextUpdate, revokedAt, reason = 'unspecified', signedBy } = statement;
    if (thisUpdate > now + CLOCK_SKEW_MS) {
      add('from-the-future');
      continue;
    }
    if (revokedAt !== undefined && revokedAt <= at)
      return { status: 'revoked', kind, index, revokedAt, reason, signedBy, findings };
    if (findings.some((finding) => finding.index === index && finding.id === 'weak-hash')) continue;
    if (kind === 'ocsp' && (await responderRevoked(statement, request))) {
      add('responder-certificate-invalid');
      continue;
    }
    const old = (nextUpdate ?? thisUpdate + DEFAULT_LIFE_MS) + CLOCK_SKEW_MS < at;
    const dropped = thisUpdate > certificate.notAfter && (statement.keptSince ?? Infinity) > certificate.notAfter;
    if (old) add('too-old');
    else if (dropped && revokedAt === undefined) add('after-expiry');
    else if (!good || good.thisUpdate < thisUpdate || revokedAt !== undefined)
      good = {
        ...{ status: 'good', kind, index, thisUpdate, nextUpdate, signedBy, findings },
        ...(revokedAt !== undefined
          ? { revokedLater: { at: revokedAt, reason } }
          : good?.revokedLater && { revokedLater: good.revokedLater }),
      };
  }
  return good ?? { status: 'unknown', findings };
}

/** Reasons that say nothing of signatures made before. @source RFC 5280 5.3.1 */
const HARMLESS = new Set(['superseded', 'cessation-of-operation', 'affiliation-changed']);

/** Whether a list at hand takes the word from a responder that the issuer did not exempt. @source RFC 6960 4.2.2.2.1 */
async function responderRevoked(
  { signedBy, thisUpdate }: Extract<Statement, { status: 'good' | 'revoked' }>,
  request: RevocationRequest,
): Promise<boolean> {
  const { issuer, evidence, now = Date.now() } = request;
  if (signedBy.ocspNoCheck || equalBytes(signedBy.der, issuer.der)) return false;
  const lists = evidence.filter(({ kind }) => kind === 'crl');
  const status = await checkRevocation({ ...request, certificate: signedBy, evidence: lists, at: now });
  return status.status === 'revoked' && !(HARMLESS.has(status.reason) && status.revokedAt > thisUpdate);
}
