import { signatureAlgorithmOf } from '../crypto/algorithm-ids.js';
import type { SignatureAlgorithm } from '../crypto/algorithms.js';
import {
  equalBytes,
  expectUniversal,
  isContext,
  isUniversal,
  oids,
  readBits,
  readDer,
  readElements,
  readInteger,
  readTime,
  tags,
  type DerNode,
} from '../der/index.js';
import type { CertificateExtension, DistinguishedName } from './certificate.js';
import { authorityKeyIdOf, readExtensions, unknownCritical } from './extensions.js';
import { pointKeys, sequenceOf } from './general-name.js';
import { certificateError, readingCertificate } from './malformed.js';
import { readName } from './name.js';

/** One revoked certificate of a list. */
export interface CrlEntry {
  readonly serialNumber: bigint;
  /** Milliseconds since 1970. */
  readonly revokedAt: number;
  /** For example `key-compromise`. @source RFC 5280 5.3.1 */
  readonly reason?: string;
  /** Carries a critical extension that is not processed: the list must not be used. */
  readonly unknownCritical: boolean;
}

/** A list of revoked certificates. @source RFC 5280 5.1 */
export interface Crl {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly issuer: DistinguishedName;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  readonly crlNumber: bigint | undefined;
  readonly authorityKeyId: Uint8Array | undefined;
  readonly signatureAlgorithm: SignatureAlgorithm | undefined;
  readonly signature: Uint8Array;
  /** Lists certificates of other issuers. */
  readonly indirect: boolean;
  /** Only changes since another list. */
  readonly delta: boolean;
  /** Part of the certificates that it speaks of. */
  readonly scope: 'all' | 'users' | 'authorities' | 'attributes' | 'some-reasons';
  /** Distribution points that it serves alone, as comparable texts; undefined for a list of all. */
  readonly points: readonly string[] | undefined;
  readonly unknownCritical: readonly string[];
  /** Reads the entries one by one: long lists stay cheap. Errors: `certificate-malformed`. */
  entries(): Iterable<CrlEntry>;
}

/** @source RFC 5280 5.3.1 */
export const revocationReasons = [
  'unspecified',
  'key-compromise',
  'ca-compromise',
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
  'certificate-hold',
  undefined,
  'remove-from-crl',
  'privilege-withdrawn',
  'aa-compromise',
] as const;

const KNOWN = new Set<string>([
  oids.crlNumber,
  oids.authorityKeyIdentifier,
  oids.issuingDistributionPoint,
  oids.deltaCrlIndicator,
  oids.issuerAltName,
]);
const ENTRY_KNOWN = new Set<string>([oids.crlReason, oids.invalidityDate]);

/** Reads one DER CertificateList. Errors: `certificate-malformed`. */
export const parseCrl = (der: Uint8Array): Crl => readingCertificate(() => read(der));

function read(der: Uint8Array): Crl {
  const [tbs, identifier, signature, ...more] = readElements(der);
  if (!tbs || !identifier || !signature || more.length > 0) throw certificateError('not-a-crl');
  const fields = readElements(tbs.bytes);
  const [first] = fields;
  const numbered = isUniversal(first, tags.integer);
  const version = numbered ? readInteger(first) : 0n;
  const [inner, issuer, from, ...rest] = numbered ? fields.slice(1) : fields;
  if (version > 1n || !inner || !issuer || !from) throw certificateError('not-a-crl');
  if (!equalBytes(inner.bytes, identifier.bytes)) throw certificateError('algorithms-differ');
  const isTime = (node: DerNode | undefined) =>
    isUniversal(node, tags.utcTime) || isUniversal(node, tags.generalizedTime);
  const until = isTime(rest[0]) ? rest.shift() : undefined;
  const list = isUniversal(rest[0], tags.sequence) ? rest.shift() : undefined;
  const wrapped = isContext(rest[0], 0) ? rest.shift() : undefined;
  if (rest.length > 0) throw certificateError('unexpected-field');
  const extensions = readExtensions(wrapped?.children[0]);
  const number = extensions.get(oids.crlNumber)?.value;
  const name = readName(issuer);
  return {
    der,
    tbs: tbs.bytes,
    issuer: name,
    thisUpdate: readTime(from),
    nextUpdate: until && readTime(until),
    crlNumber: number && readInteger(readDer(number)),
    authorityKeyId: authorityKeyIdOf(extensions),
    signatureAlgorithm: signatureAlgorithmOf(identifier),
    signature: readBits(signature).bytes,
    delta: extensions.has(oids.deltaCrlIndicator),
    ...readDistributionPoint(extensions.get(oids.issuingDistributionPoint), name),
    unknownCritical: unknownCritical(extensions, KNOWN),
    entries: () => readEntries(list?.bytes),
  };
}

/** @source RFC 5280 5.2.5 */
function readDistributionPoint(
  extension: CertificateExtension | undefined,
  issuer: DistinguishedName,
): Pick<Crl, 'indirect' | 'scope' | 'points'> {
  const fields = extension ? sequenceOf(extension.value) : [];
  const flags = new Map(fields.map((node) => [node.tag, node.contents[0] !== 0]));
  const point = fields.find((node) => isContext(node, 0));
  const scope = flags.get(1)
    ? 'users'
    : flags.get(2)
      ? 'authorities'
      : flags.get(5)
        ? 'attributes'
        : flags.has(3)
          ? 'some-reasons'
          : 'all';
  return { indirect: flags.get(4) ?? false, scope, points: point && pointKeys(point, issuer) };
}

function* readEntries(list: Uint8Array | undefined): Iterable<CrlEntry> {
  for (const node of list ? readElements(list) : []) yield readingCertificate(() => readEntry(node));
}

function readEntry(node: DerNode): CrlEntry {
  const [serial, time, list, ...more] = expectUniversal(node, tags.sequence, node).children;
  if (!serial || !time || more.length > 0) throw certificateError('crl-entry');
  const extensions = readExtensions(list);
  const reason = readReason(extensions.get(oids.crlReason)?.value);
  return {
    serialNumber: readInteger(serial),
    revokedAt: readTime(time),
    unknownCritical: unknownCritical(extensions, ENTRY_KNOWN).length > 0,
    ...(reason !== undefined && { reason }),
  };
}

/** Name of a DER CRLReason. */
export function readReason(value: Uint8Array | undefined): string | undefined {
  return value && (revocationReasons[Number(readInteger(readDer(value)))] ?? 'unspecified');
}
