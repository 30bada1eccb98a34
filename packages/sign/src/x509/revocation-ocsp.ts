import { AnjuanError } from '@anjuan/core';
import { equalBytes, oids } from '../der/index.js';
import type { Certificate } from './certificate.js';
import { hasWeakHash, isSignedBy, isWeakKey } from './check-path.js';
import { parseOcspResponse, type OcspResponse, type OcspSingle } from './ocsp-response.js';
import { parseCertificate } from './parse-certificate.js';
import type { RevocationFindingId, RevocationRequest, Statement } from './revocation.js';

type Answer = Extract<OcspResponse, { status: 'successful' }>;
type Add = (id: RevocationFindingId) => void;

/** Certificates of the responder's name whose key is tried. */
const MAX_RESPONDERS = 16;

const unusable = (why: RevocationFindingId): Statement => ({ status: 'unusable', why });

/** What an OCSP response says of the certificate. @source RFC 6960 3.2 */
export async function readOcspEvidence(der: Uint8Array, request: RevocationRequest, add: Add): Promise<Statement> {
  let answer: OcspResponse;
  try {
    answer = parseOcspResponse(der);
  } catch (error) {
    if (!AnjuanError.is(error, 'certificate-malformed')) throw error;
    return unusable('evidence-malformed');
  }
  if (answer.status !== 'successful') return unusable('responder-error');
  const single = await singleOf(answer, request);
  if (!single) return unusable('not-for-this-certificate');
  if (answer.unknownCritical || single.unknownCritical) return unusable('unknown-critical-extension');
  const signedBy = await responderOf(answer, request, add);
  if (typeof signedBy === 'string') return unusable(signedBy);
  if (single.status === 'unknown') return unusable('status-unknown');
  const { status, thisUpdate, nextUpdate, revokedAt, reason, archiveCutoff } = single;
  return {
    ...{ status, thisUpdate, nextUpdate, signedBy },
    ...(revokedAt !== undefined && { revokedAt }),
    ...(reason !== undefined && { reason }),
    ...(archiveCutoff !== undefined && { keptSince: archiveCutoff }),
  };
}

/** The newest word on this certificate of this issuer; of two at once the worse. */
async function singleOf({ singles }: Answer, { certificate, issuer, engine }: RevocationRequest) {
  let newest: OcspSingle | undefined;
  for (const single of singles) {
    const { hash, serialNumber, issuerNameHash, issuerKeyHash } = single;
    if (!hash || serialNumber !== certificate.serialNumber) continue;
    const fits =
      equalBytes(issuerNameHash, await engine.digest(hash, certificate.issuer.der)) &&
      equalBytes(issuerKeyHash, await engine.digest(hash, issuer.keyBits));
    const newer = single.thisUpdate - (newest?.thisUpdate ?? -Infinity);
    if (fits && (newer > 0 || (newer === 0 && single.status === 'revoked'))) newest = single;
  }
  return newest;
}

/** The certificate that signed: the issuer, or one that the issuer itself gave the right. @source RFC 6960 4.2.2.2 */
async function responderOf(
  answer: Answer,
  request: RevocationRequest,
  add: Add,
): Promise<Certificate | RevocationFindingId> {
  const { engine, issuer } = request;
  let failure: RevocationFindingId = 'responder-unknown';
  let tried = 0;
  for (const candidate of [issuer, ...readable(answer.certificates), ...(request.pool ?? [])]) {
    if (!(await isNamed(answer, candidate, request))) continue;
    if ((tried += 1) > MAX_RESPONDERS) break;
    const signed = await isSignedBy(engine, answer, candidate);
    if (signed !== true) {
      failure = signed ? 'algorithm-unsupported' : 'signature-wrong';
      continue;
    }
    const own = equalBytes(candidate.spki, issuer.spki) && candidate.subject.key === issuer.subject.key;
    const why = own ? undefined : await notDelegated(candidate, answer, request);
    if (!why) {
      if (hasWeakHash(answer)) add('weak-hash');
      return candidate;
    }
    failure = why;
  }
  return failure;
}

async function isNamed({ responder }: Answer, candidate: Certificate, { engine }: RevocationRequest): Promise<boolean> {
  return responder.kind === 'name'
    ? responder.key === candidate.subject.key
    : equalBytes(responder.sha1, await engine.digest('sha-1', candidate.keyBits));
}

async function notDelegated(
  candidate: Certificate,
  { producedAt }: Answer,
  { engine, issuer }: RevocationRequest,
): Promise<RevocationFindingId | undefined> {
  const { extendedKeyUsage, keyUsage, unknownCritical, notBefore, notAfter } = candidate;
  const allowed = extendedKeyUsage?.includes(oids.ocspSigning) && candidate.issuer.key === issuer.subject.key;
  if (!allowed || (keyUsage && !keyUsage.has('digital-signature') && !keyUsage.has('non-repudiation')))
    return 'responder-not-authorized';
  if ((await isSignedBy(engine, candidate, issuer)) !== true) return 'responder-not-authorized';
  const lives = notBefore <= producedAt && producedAt <= notAfter && unknownCritical.length === 0;
  return lives && !isWeakKey(candidate) && !hasWeakHash(candidate) ? undefined : 'responder-certificate-invalid';
}

/** Certificates that can be read; the others cannot have signed. */
function readable(ders: readonly Uint8Array[]): Certificate[] {
  return ders.flatMap((der) => {
    try {
      return [parseCertificate(der)];
    } catch {
      return [];
    }
  });
}
