import { AnjuanError } from '@anjuan/core';
import { hashNamed, signatureAlgorithmOf } from '../crypto/algorithm-ids.js';
import {
  der,
  derSetOf,
  equalBytes,
  expectUniversal,
  isContext,
  isUniversal,
  oids,
  readDer,
  readInteger,
  readOctets,
  readOid,
  readSmallInteger,
  readTime,
  tags,
  type DerNode,
} from '../der/index.js';
import type { Certificate } from '../x509/index.js';
import { readName } from '../x509/name.js';
import { cmsError } from './cms-error.js';
import type { CmsFinding, CmsFindingId, SignerInfo } from './signed-data.js';

/** Reads one SignerInfo. Errors: `cms-malformed`, `der-malformed`. @source RFC 5652 5.3 */
export function readSignerInfo(node: DerNode, certificates: readonly Certificate[]): SignerInfo {
  const findings: CmsFinding[] = [];
  const add = (id: CmsFindingId, severity: CmsFinding['severity']): void => void findings.push({ id, severity });
  const [version, sid, digest, ...rest] = expectUniversal(node, tags.sequence, node).children;
  const signedNode = isContext(rest[0], 0) ? rest[0] : undefined;
  const [algorithm, value, unsignedNode, ...more] = signedNode ? rest.slice(1) : rest;
  if (!version || !sid || !digest || !algorithm || !value || more.length > 0) throw cmsError('signer-info');
  if (unsignedNode && !isContext(unsignedNode, 1)) throw cmsError('signer-info');

  const signer = readSignerId(sid);
  const number = readSmallInteger(version);
  if (number !== (signer.kind === 'key-id' ? 3 : 1)) add('version-wrong', 'warning');
  const hash = hashNamed(digest);
  const signatureAlgorithm = signatureAlgorithmOf(algorithm, hash);
  if (!hash) add('digest-algorithm-unknown', 'error');
  if (hash === 'sha-1') add('weak-digest', 'error');
  if (!signatureAlgorithm) add('signature-algorithm-unknown', 'error');

  const { attributes: signed, repeated } = readAttributes(signedNode);
  if (repeated) add('attribute-repeated', 'error');
  const signedAttributes = signedNode && derSetOf(...signedNode.children.map(({ bytes }) => bytes));
  if (!signedNode) add('signed-attributes-missing', 'error');
  const asWritten = signedNode && der(0x31, signedNode.contents);
  const ordered = !asWritten || !signedAttributes || equalBytes(signedAttributes, asWritten);
  if (!ordered) add('signed-attributes-order', 'warning');

  /** The one value of a signed attribute. */
  const single = <T>(oid: string, read: (value: DerNode) => T): T | undefined => {
    const values = signed.get(oid);
    if (!values) return undefined;
    try {
      if (values[0] && values.length === 1) return read(readDer(values[0]));
    } catch (error) {
      if (!AnjuanError.is(error, 'der-malformed')) throw error;
    }
    add('attribute-malformed', 'error');
    return undefined;
  };
  const { attributes: unsigned } = readAttributes(unsignedNode);
  return {
    version: number,
    signer,
    digestOid: oidOf(digest),
    hash,
    signatureOid: oidOf(algorithm),
    signatureAlgorithm,
    digestIdentifier: digest.bytes,
    signatureIdentifier: algorithm.bytes,
    signature: readOctets(value),
    signedAttributes,
    signedAttributesAsWritten: ordered ? undefined : asWritten,
    signed,
    unsigned,
    contentType: single(oids.contentType, readOid),
    messageDigest: single(oids.messageDigest, readOctets),
    signingTime: single(oids.signingTime, readTime),
    signatureTimestamps: unsigned.get(oids.signatureTimestamp) ?? [],
    certificate: findSigners(signer, certificates)[0],
    findings,
  };
}

/** More attributes than any producer writes. */
const MAX_ATTRIBUTES = 1000;

/** The certificates that a signer identifier names: two issuers of one name, or one key certified twice. */
export const findSigners = (signer: SignerInfo['signer'], certificates: readonly Certificate[]): Certificate[] =>
  certificates.filter((certificate) =>
    signer.kind === 'key-id'
      ? certificate.subjectKeyId !== undefined && equalBytes(certificate.subjectKeyId, signer.keyId)
      : certificate.issuer.key === signer.issuerKey && certificate.serialNumber === signer.serialNumber,
  );

function readSignerId(node: DerNode): SignerInfo['signer'] {
  const [issuer, serial] = node.children;
  if (isContext(node, 0)) return { kind: 'key-id', keyId: node.contents };
  if (!isUniversal(node, tags.sequence) || !issuer || !serial) throw cmsError('signer-identifier');
  return { kind: 'issuer-serial', issuerKey: readName(issuer).key, serialNumber: readInteger(serial) };
}

function oidOf(identifier: DerNode): string {
  const [name] = identifier.children;
  if (!name) throw cmsError('algorithm-identifier');
  return readOid(name);
}

/** Values by object identifier. Types that stand twice are joined, and reported. */
function readAttributes(set: DerNode | undefined): {
  readonly attributes: ReadonlyMap<string, readonly Uint8Array[]>;
  readonly repeated: boolean;
} {
  const attributes = new Map<string, readonly Uint8Array[]>();
  let repeated = false;
  const members = set?.children ?? [];
  if (members.length > MAX_ATTRIBUTES) throw cmsError('too-many-members');
  for (const attribute of members) {
    const [type, values, ...more] = attribute.children;
    if (!type || !isUniversal(values, tags.set) || more.length > 0) throw cmsError('attribute');
    const oid = readOid(type);
    const before = attributes.get(oid);
    repeated ||= before !== undefined;
    attributes.set(oid, [...(before ?? []), ...values.children.map(({ bytes }) => bytes)]);
  }
  return { attributes, repeated };
}
