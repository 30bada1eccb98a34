import type { HashAlgorithm, SignatureAlgorithm } from '../crypto/algorithms.js';
import type { Certificate } from '../x509/index.js';

/** What is wrong or odd in a CMS structure. `gm-object-ids`: those of GM/T 0010 and RFC 5652 are mixed. */
export type CmsFindingId =
  | 'ber-encoding'
  | 'bytes-after'
  | 'version-wrong'
  | 'signer-missing'
  | 'several-signers'
  | 'content-embedded'
  | 'content-type-unexpected'
  | 'certificate-missing'
  | 'certificate-unreadable'
  | 'certificate-attribute'
  | 'certificate-key-mismatch'
  | 'digest-algorithm-not-listed'
  | 'digest-algorithm-unknown'
  | 'signature-algorithm-unknown'
  | 'algorithms-disagree'
  | 'algorithm-protection-wrong'
  | 'weak-digest'
  | 'weak-key'
  | 'signed-attributes-missing'
  | 'signed-attributes-order'
  | 'attribute-repeated'
  | 'attribute-malformed'
  | 'content-type-attribute-missing'
  | 'content-type-attribute-wrong'
  | 'message-digest-missing'
  | 'message-digest-wrong'
  | 'signing-certificate-missing'
  | 'signing-certificate-v1'
  | 'signing-certificate-wrong'
  | 'signing-time-present'
  | 'signature-wrong'
  | 'gm-object-ids'
  | 'imprint-wrong'
  | 'imprint-algorithm-unknown'
  | 'timestamp-certificate-wrong';

/** One finding. `error` breaks the standard's rule; `warning` is allowed somewhere, but not by PAdES, or not strict. */
export interface CmsFinding {
  readonly id: CmsFindingId;
  readonly severity: 'error' | 'warning';
}

/** One SignerInfo. @source RFC 5652 5.3 */
export interface SignerInfo {
  readonly version: number;
  /** Who signed, as the structure says it. */
  readonly signer:
    | { readonly kind: 'issuer-serial'; readonly issuerKey: string; readonly serialNumber: bigint }
    | { readonly kind: 'key-id'; readonly keyId: Uint8Array };
  readonly digestOid: string;
  readonly hash: HashAlgorithm | undefined;
  readonly signatureOid: string;
  readonly signatureAlgorithm: SignatureAlgorithm | undefined;
  /** AlgorithmIdentifiers as they stand, for cmsAlgorithmProtection. */
  readonly digestIdentifier: Uint8Array;
  readonly signatureIdentifier: Uint8Array;
  readonly signature: Uint8Array;
  /** The signed attributes as the SET OF in DER order over which the signature is made; undefined when there are none. */
  readonly signedAttributes: Uint8Array | undefined;
  /** The same in the order of the structure, where that is another one: old producers signed that. */
  readonly signedAttributesAsWritten: Uint8Array | undefined;
  /** Values of signed attributes: DER by object identifier. */
  readonly signed: ReadonlyMap<string, readonly Uint8Array[]>;
  readonly unsigned: ReadonlyMap<string, readonly Uint8Array[]>;
  /** Object identifier in the content-type attribute. */
  readonly contentType: string | undefined;
  readonly messageDigest: Uint8Array | undefined;
  /** Claimed time of the signing-time attribute, milliseconds since 1970. */
  readonly signingTime: number | undefined;
  /** DER tokens of signature-time-stamp attributes. */
  readonly signatureTimestamps: readonly Uint8Array[];
  /** The signer's certificate, when it came along. */
  readonly certificate: Certificate | undefined;
  readonly findings: readonly CmsFinding[];
}

/** A SignedData of RFC 5652 or GM/T 0010. What is odd is in `findings`, of the whole and of each signer. */
export interface SignedData {
  /** The ContentInfo in DER: what was given, or what BER was turned into. */
  readonly der: Uint8Array;
  readonly profile: 'rfc5652' | 'gmt-0010';
  readonly version: number;
  readonly digestOids: readonly string[];
  /** Object identifier of the content. */
  readonly contentType: string;
  /** Content that is inside; undefined for a detached signature. */
  readonly content: Uint8Array | undefined;
  /** Certificates that came along and can be read. */
  readonly certificates: readonly Certificate[];
  /** DER CertificateLists that came along: in the structure, or in the attribute of Adobe. */
  readonly crls: readonly Uint8Array[];
  /** DER OCSP responses that came along. */
  readonly ocspResponses: readonly Uint8Array[];
  readonly signers: readonly SignerInfo[];
  readonly findings: readonly CmsFinding[];
}
