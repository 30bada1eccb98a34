import type { SignatureAlgorithm } from '../crypto/algorithms.js';
import type { PublicKeyInfo } from '../crypto/public-key.js';

export type { PublicKeyInfo };

/** A distinguished name. */
export interface DistinguishedName {
  readonly der: Uint8Array;
  /** RFC 4514 text, most specific part first: `CN=张三,O=和安市第一人民医院,C=CN`. */
  readonly text: string;
  /** Equal for names that RFC 5280 7.1 calls equal. */
  readonly key: string;
  /** The same, one text per RDN, in the order of the encoding. */
  readonly rdnKeys: readonly string[];
  readonly commonName?: string;
  /** Each part, in the order of the encoding; parts of one RDN share `rdn`. */
  readonly parts: readonly { readonly rdn: number; readonly oid: string; readonly value: string }[];
}

/** @source RFC 5280 4.2.1.3 */
export type KeyUsage =
  | 'digital-signature'
  | 'non-repudiation'
  | 'key-encipherment'
  | 'data-encipherment'
  | 'key-agreement'
  | 'key-cert-sign'
  | 'crl-sign'
  | 'encipher-only'
  | 'decipher-only';

/** One extension as it stands. */
export interface CertificateExtension {
  readonly critical: boolean;
  /** DER inside the OCTET STRING. */
  readonly value: Uint8Array;
}

/** A name of subjectAltName or of a constraint. Kinds that are not compared are `other`. @source RFC 5280 4.2.1.6 */
export type GeneralName =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly text: string }
  | { readonly kind: 'directory'; readonly name: DistinguishedName }
  | { readonly kind: 'ip'; readonly bytes: Uint8Array }
  | { readonly kind: 'other'; readonly tag: number; readonly bytes: Uint8Array };

/** A certificate, read strictly. @source RFC 5280 4.1; GM/T 0015-2023 */
export interface Certificate {
  readonly der: Uint8Array;
  /** What the issuer signed. */
  readonly tbs: Uint8Array;
  readonly version: 1 | 2 | 3;
  readonly serialNumber: bigint;
  /** Contents of the serial number in lower-case hex, as it stands. */
  readonly serialHex: string;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  /** Milliseconds since 1970; valid from, inclusive. */
  readonly notBefore: number;
  /** Milliseconds since 1970; valid until, inclusive. */
  readonly notAfter: number;
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  /** Contents of subjectPublicKey: what key identifiers are made of. */
  readonly keyBits: Uint8Array;
  readonly publicKey: PublicKeyInfo;
  /** Undefined for an algorithm that is not supported. */
  readonly signatureAlgorithm: SignatureAlgorithm | undefined;
  readonly signatureAlgorithmOid: string;
  readonly signature: Uint8Array;
  /** By object identifier. */
  readonly extensions: ReadonlyMap<string, CertificateExtension>;
  /** Undefined when the certificate says nothing. */
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  /** Object identifiers; undefined when the certificate says nothing. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength?: number } | undefined;
  readonly subjectKeyId: Uint8Array | undefined;
  readonly authorityKeyId: Uint8Array | undefined;
  readonly ocspUrls: readonly string[];
  readonly caIssuersUrls: readonly string[];
  readonly crlUrls: readonly string[];
  /** Object identifiers of certificatePolicies. */
  readonly policies: readonly string[];
  /** requireExplicitPolicy of policyConstraints: certificates that may follow without policy. */
  readonly requireExplicitPolicy: number | undefined;
  readonly nameConstraints:
    { readonly permitted: readonly GeneralName[]; readonly excluded: readonly GeneralName[] } | undefined;
  readonly subjectAltNames: readonly GeneralName[];
  /** id-pkix-ocsp-nocheck: the responder's certificate needs no revocation check. */
  readonly ocspNoCheck: boolean;
  /** Certificates that may follow before anyPolicy no longer counts. */
  readonly inhibitAnyPolicy: number | undefined;
  /** Certificates that may follow before mappings no longer count. */
  readonly inhibitPolicyMapping: number | undefined;
  /** Pairs of policyMappings: that of the issuer, that of the subject. */
  readonly policyMappings: readonly (readonly [string, string])[];
  /** Critical extensions that this reader does not process. */
  readonly unknownCritical: readonly string[];
  /** Subject and issuer are the same name. */
  readonly selfIssued: boolean;
}
