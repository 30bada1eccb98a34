import { writeHashAlgorithm, writeSignatureAlgorithm } from '../crypto/algorithm-ids.js';
import type { HashAlgorithm, SignatureAlgorithm } from '../crypto/algorithms.js';
import {
  compareBytes,
  der,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  equalBytes,
  isContext,
  oids,
  readDer,
  type DerNode,
} from '../der/index.js';
import { parseCertificate } from '../x509/index.js';
import { derAttribute } from './build-attributes.js';
import { cmsError } from './cms-error.js';
import { parseSignedData } from './parse-signed-data.js';

/** Parts of a detached signature. */
export interface BuildSignedDataOptions {
  /** DER of the signing certificate. */
  readonly certificate: Uint8Array;
  /** DER of the certificates above it. */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /** Digest algorithm of the content; SHA-512 for Ed25519, SM3 for SM2. */
  readonly hash: HashAlgorithm;
  /** The SET OF that was signed. */
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  /** Object identifiers of RFC 5652 (default) or GM/T 0010. */
  readonly profile?: 'rfc5652' | 'gmt-0010';
  /** Unsigned attributes: object identifier and DER value. */
  readonly unsignedAttributes?: readonly { readonly oid: string; readonly value: Uint8Array }[];
}

/** SET OF under an IMPLICIT tag. */
const contextSetOf = (tag: number, members: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  der(0xa0 | tag, ...[...members].sort(compareBytes));

/** DER ContentInfo of a detached SignedData with one signer. Errors: `certificate-malformed`, `crypto-unsupported`. */
export function buildSignedData(options: BuildSignedDataOptions): Uint8Array<ArrayBuffer> {
  const { certificate, hash, profile, unsignedAttributes = [] } = options;
  const { issuer, serialNumber } = parseCertificate(certificate);
  const certificates = [certificate, ...options.chain].filter(
    (one, index, all) => all.findIndex((other) => equalBytes(one, other)) === index,
  );
  const gm = profile === 'gmt-0010';
  const unsigned = unsignedAttributes.map(({ oid, value }) => derAttribute(oid, value));
  const signer = derSequence(
    derInteger(1),
    derSequence(issuer.der, derInteger(serialNumber)),
    writeHashAlgorithm(hash),
    contextSetOf(
      0,
      readDer(options.signedAttributes).children.map(({ bytes }) => bytes),
    ),
    writeSignatureAlgorithm(options.algorithm),
    derOctets(options.signature),
    ...(unsigned.length > 0 ? [contextSetOf(1, unsigned)] : []),
  );
  const signedData = derSequence(
    derInteger(1),
    derSetOf(writeHashAlgorithm(hash)),
    derSequence(derOid(gm ? oids.gmData : oids.data)),
    contextSetOf(0, certificates),
    derSetOf(signer),
  );
  return derSequence(derOid(gm ? oids.gmSignedData : oids.signedData), der(0xa0, signedData));
}

/**
 * The same structure with a signature-time-stamp attribute; nothing else changes. Errors: `cms-malformed`.
 * @source RFC 3161 appendix A
 */
export function withSignatureTimestamp(cms: Uint8Array, token: Uint8Array): Uint8Array<ArrayBuffer> {
  const signedData = parseSignedData(cms);
  if (signedData.signers.length !== 1) throw cmsError('several-signers');
  const root = readDer(signedData.der);
  const body = root.children[1]?.children[0];
  const signers = body?.children.at(-1);
  const signer = signers?.children[0];
  if (!body || !signers || !signer) throw cmsError('signed-data');
  const last = signer.children.at(-1);
  const unsigned = isContext(last, 1) ? last : undefined;
  const members = [
    ...(unsigned?.children ?? []).map(({ bytes }) => bytes),
    derAttribute(oids.signatureTimestamp, token),
  ];
  const kept = without(signer, unsigned);
  const newSigners = derSetOf(derSequence(...kept, contextSetOf(1, members)));
  return derSequence(...without(root, root.children[1]), der(0xa0, derSequence(...without(body, signers), newSigners)));
}

/** Encodings of the children, one left out. */
const without = ({ children }: DerNode, left: DerNode | undefined): Uint8Array[] =>
  children.filter((child) => child !== left).map(({ bytes }) => bytes);
