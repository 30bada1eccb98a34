import { hashNamed, signatureAlgorithmOf } from '../crypto/algorithm-ids.js';
import type { HashAlgorithm, SignatureAlgorithm } from '../crypto/algorithms.js';
import {
  isContext,
  isUniversal,
  oids,
  readBits,
  readDer,
  readInteger,
  readOctets,
  readOid,
  readSmallInteger,
  readTime,
  tags,
  type DerNode,
} from '../der/index.js';
import { revocationReasons } from './crl.js';
import { readExtensions, unknownCritical } from './extensions.js';
import { certificateError, readingCertificate } from './malformed.js';
import { readName } from './name.js';

/** What a response says of one certificate. */
export interface OcspSingle {
  /** Undefined for a hash that is not known. */
  readonly hash: HashAlgorithm | undefined;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: bigint;
  readonly status: 'good' | 'revoked' | 'unknown';
  /** Milliseconds since 1970. */
  readonly revokedAt?: number;
  readonly reason?: string;
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  /** Status of certificates that expired after this time is still kept. */
  readonly archiveCutoff?: number;
  readonly unknownCritical: boolean;
}

/** @source RFC 6960 4.2 */
export type OcspResponse =
  | {
      readonly status: 'successful';
      readonly der: Uint8Array;
      /** What the responder signed. */
      readonly tbs: Uint8Array;
      /** DER of the responder's name, or its key hash (SHA-1). */
      readonly responder:
        { readonly kind: 'name'; readonly key: string } | { readonly kind: 'key'; readonly sha1: Uint8Array };
      readonly producedAt: number;
      readonly singles: readonly OcspSingle[];
      /** Bytes that the request asked to repeat. */
      readonly nonce: Uint8Array | undefined;
      readonly signatureAlgorithm: SignatureAlgorithm | undefined;
      readonly signature: Uint8Array;
      /** DER certificates that came along. */
      readonly certificates: readonly Uint8Array[];
      readonly unknownCritical: boolean;
    }
  | {
      readonly status: 'malformed-request' | 'internal-error' | 'try-later' | 'sig-required' | 'unauthorized';
      readonly der: Uint8Array;
    };

const STATUSES = [
  undefined,
  'malformed-request',
  'internal-error',
  'try-later',
  undefined,
  'sig-required',
  'unauthorized',
] as const;

const KNOWN = new Set<string>([oids.ocspNonce, oids.ocspArchiveCutoff]);

/** Reads one DER OCSPResponse; a bare BasicOCSPResponse is read too. Errors: `certificate-malformed`. */
export const parseOcspResponse = (der: Uint8Array): OcspResponse =>
  readingCertificate(() => {
    const root = readDer(der);
    const [first, wrapped] = root.children;
    if (!isUniversal(first, tags.enumerated)) return readBasic(der, root);
    const code = readSmallInteger(first);
    if (code !== 0) {
      const status = STATUSES[code];
      if (!status) throw certificateError('ocsp-status');
      return { status, der };
    }
    const [type, body] = wrapped?.children[0]?.children ?? [];
    if (!type || !body || readOid(type) !== oids.ocspBasic) throw certificateError('ocsp-type');
    return readBasic(der, readDer(readOctets(body)));
  });

function readBasic(der: Uint8Array, basic: DerNode): OcspResponse {
  const [tbs, identifier, signature, wrapped, ...more] = basic.children;
  if (!tbs || !identifier || !signature || more.length > 0) throw certificateError('not-an-ocsp-response');
  const versioned = isContext(tbs.children[0], 0);
  const [responder, produced, list, last] = versioned ? tbs.children.slice(1) : tbs.children;
  const [id] = responder?.children ?? [];
  if (!responder || !id || !produced || !list) throw certificateError('ocsp-field-missing');
  const extensions = readExtensions(isContext(last, 1) ? last.children[0] : undefined);
  const nonce = extensions.get(oids.ocspNonce)?.value;
  return {
    status: 'successful',
    der,
    tbs: tbs.bytes,
    responder: isContext(responder, 1)
      ? { kind: 'name', key: readName(id).key }
      : { kind: 'key', sha1: readOctets(id) },
    producedAt: readTime(produced),
    singles: list.children.map(readSingle),
    nonce: nonce && readOctets(readDer(nonce)),
    signatureAlgorithm: signatureAlgorithmOf(identifier),
    signature: readBits(signature).bytes,
    certificates: wrapped?.children[0]?.children.map(({ bytes }) => bytes) ?? [],
    unknownCritical: unknownCritical(extensions, KNOWN).length > 0,
  };
}

function readSingle(node: DerNode): OcspSingle {
  const [id, status, from, ...rest] = node.children;
  const [identifier, nameHash, keyHash, serial] = id?.children ?? [];
  if (!identifier || !nameHash || !keyHash || !serial || !status || !from) throw certificateError('ocsp-single');
  const until = rest.find((field) => isContext(field, 0))?.children[0];
  const extensions = readExtensions(rest.find((field) => isContext(field, 1))?.children[0]);
  const cutoff = extensions.get(oids.ocspArchiveCutoff)?.value;
  return {
    hash: hashNamed(identifier),
    issuerNameHash: readOctets(nameHash),
    issuerKeyHash: readOctets(keyHash),
    serialNumber: readInteger(serial),
    ...readStatus(status),
    thisUpdate: readTime(from),
    nextUpdate: until && readTime(until),
    ...(cutoff && { archiveCutoff: readTime(readDer(cutoff)) }),
    unknownCritical: unknownCritical(extensions, KNOWN).length > 0,
  };
}

function readStatus(node: DerNode): Pick<OcspSingle, 'status' | 'revokedAt' | 'reason'> {
  if (node.tagClass !== 'context' || node.tag > 2) throw certificateError('ocsp-single');
  if (node.tag !== 1) return { status: node.tag === 0 ? 'good' : 'unknown' };
  const [time, wrapped] = node.children;
  const [reason] = wrapped?.children ?? [];
  if (!time) throw certificateError('ocsp-single');
  const name = reason && (revocationReasons[readSmallInteger(reason)] ?? 'unspecified');
  return { status: 'revoked', revokedAt: readTime(time), ...(name && { reason: name }) };
}
