import { AnjuanError } from '@anjuan/core';
import { equalBytes, isContext, oids, type DerNode } from '../der/index.js';
import type { Certificate } from './certificate.js';
import { pointKeys, readGeneralName, sequenceOf } from './general-name.js';
import { parseCrl, type Crl } from './crl.js';
import { hasWeakHash, isSignedBy } from './check-path.js';
import type { RevocationFindingId, RevocationRequest, Statement } from './revocation.js';

/** What a CRL says of the certificate. @source RFC 5280 6.3.3 */
export async function readCrlEvidence(
  der: Uint8Array,
  request: RevocationRequest,
  add: (id: RevocationFindingId) => void,
): Promise<Statement> {
  try {
    const crl = parseCrl(der);
    const why = await unusable(crl, request);
    if (why) return { status: 'unusable', why };
    if (hasWeakHash(crl)) add('weak-hash');
    return stateOf(crl, request);
  } catch (error) {
    if (!AnjuanError.is(error, 'certificate-malformed')) throw error;
    return { status: 'unusable', why: 'evidence-malformed' };
  }
}

async function unusable(
  crl: Crl,
  { certificate, issuer, engine }: RevocationRequest,
): Promise<RevocationFindingId | undefined> {
  if (crl.issuer.key !== certificate.issuer.key || issuer.subject.key !== certificate.issuer.key)
    return crl.indirect ? 'crl-indirect' : 'not-for-this-certificate';
  if (crl.indirect) return 'crl-indirect';
  if (crl.delta) return 'crl-delta';
  const authority = certificate.basicConstraints?.ca === true;
  if (crl.scope !== 'all' && crl.scope !== (authority ? 'authorities' : 'users')) return 'crl-scope';
  if (crl.points && !pointsOf(certificate).some((point) => crl.points?.includes(point))) return 'crl-scope';
  if (crl.unknownCritical.length > 0) return 'unknown-critical-extension';
  const { keyUsage, subjectKeyId } = issuer;
  if (keyUsage && !keyUsage.has('crl-sign')) return 'crl-issuer-not-allowed';
  if (crl.authorityKeyId && subjectKeyId && !equalBytes(crl.authorityKeyId, subjectKeyId)) return 'responder-unknown';
  const signed = await isSignedBy(engine, crl, issuer);
  return signed === true ? undefined : signed ? 'algorithm-unsupported' : 'signature-wrong';
}

/** Distribution points of the certificate that its own issuer serves. @source RFC 5280 6.3.3 (b)(2) */
function pointsOf({ extensions, issuer }: Certificate): string[] {
  const value = extensions.get(oids.crlDistributionPoints)?.value;
  return (value ? sequenceOf(value) : []).flatMap(({ children }) => {
    const point = children.find((node) => isContext(node, 0));
    const other = children.find((node) => isContext(node, 2));
    const own = !other || other.children.some((name) => isContext(name, 4) && pointName(name) === issuer.key);
    return point && own ? pointKeys(point, issuer) : [];
  });
}

function pointName(node: DerNode): string | undefined {
  const name = readGeneralName(node);
  return name.kind === 'directory' ? name.name.key : undefined;
}

/** Goes through the whole list: an entry that nobody understands spoils it. @source RFC 5280 5.3 */
function stateOf(crl: Crl, { certificate, issuer }: RevocationRequest): Statement {
  const common = { thisUpdate: crl.thisUpdate, nextUpdate: crl.nextUpdate, signedBy: issuer };
  let found: Statement | undefined;
  for (const entry of crl.entries()) {
    if (entry.unknownCritical) return { status: 'unusable', why: 'unknown-critical-extension' };
    if (entry.serialNumber !== certificate.serialNumber || entry.reason === 'remove-from-crl') continue;
    const { revokedAt, reason } = entry;
    found = { status: 'revoked', revokedAt, ...(reason !== undefined && { reason }), ...common };
  }
  return found ?? { status: 'good', ...common };
}
