/**
 * Which structure: 1 is GM/T 0031-2014, 4 is GB/T 38540-2020. 5 is seen in the field, laid out like 4; it is read and never
 * written.
 */
export type SealVersion = 1 | 4 | 5;

/** The picture that a seal shows. */
export interface SealPicture {
  /** As the maker wrote it, for example `PNG` or `OFD`. */
  readonly type: string;
  readonly data: Uint8Array;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** Who may use a seal: whole certificates, or their digests. */
export type SealSigners =
  | { readonly kind: 'certificates'; readonly certificates: readonly Uint8Array[] }
  | {
      readonly kind: 'digests';
      /** `type` is the maker's name of the hash; SM3 is meant when it names none. */
      readonly digests: readonly { readonly type: string; readonly value: Uint8Array }[];
    };

/** Data of a vendor. */
export interface SealExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** What the maker of a seal vouches for. Times are milliseconds since 1970. @source GB/T 38540-2020 6; GM/T 0031-2014 5 */
export interface SealInfo {
  /** Version number in the header, as it stands. */
  readonly headerVersion: number;
  /** Identifier of the vendor. */
  readonly vendor: string;
  /** Unique identifier of the seal. */
  readonly id: string;
  /** 1: seal of an organization; 2: of a person; others as the vendor defines them. */
  readonly kind: number;
  readonly name: string;
  readonly signers: SealSigners;
  readonly createdMs: number;
  readonly validFromMs: number;
  readonly validToMs: number;
  readonly picture: SealPicture;
  readonly extensions: readonly SealExtension[];
}

/** An electronic seal (SESeal), read strictly. Byte fields are views of the input. */
export interface Seal extends SealInfo {
  readonly version: SealVersion;
  readonly der: Uint8Array;
  /** DER of the seal information: what the maker signed, from version 4 on. */
  readonly infoDer: Uint8Array;
  /** DER certificate of the maker. */
  readonly makerCertificate: Uint8Array;
  /** Object identifier. */
  readonly makerAlgorithm: string;
  readonly makerSignature: Uint8Array;
  /** Timestamp token over the maker's signature; version 5 only. */
  readonly makerTimestamp?: Uint8Array;
}

/** When a seal was put: a time that the signer claims, or a timestamp token (version 1 may hold one). */
export type SealTime =
  | { readonly kind: 'claimed'; readonly timeMs: number }
  | { readonly kind: 'token'; readonly token: Uint8Array }
  | { readonly kind: 'unknown'; readonly bytes: Uint8Array };

/** A seal put on a document (SES_Signature), read strictly. Byte fields are views of the input. */
export interface SesSignature {
  readonly version: SealVersion;
  /** Version number of the signed part, as it stands. */
  readonly signedVersion: number;
  readonly der: Uint8Array;
  /** DER TBS_Sign: what the signer signed. */
  readonly toSign: Uint8Array;
  readonly seal: Seal;
  readonly time: SealTime;
  /** Digest of the protected bytes. */
  readonly dataHash: Uint8Array;
  /** What is protected, as the producer names it. */
  readonly propertyInfo: string;
  readonly extensions: readonly SealExtension[];
  /** DER certificate of the signer. */
  readonly certificate: Uint8Array;
  /** Object identifier. */
  readonly algorithm: string;
  readonly signature: Uint8Array;
  /** RFC 3161 token over the signature value, from version 4 on. */
  readonly timestamp?: Uint8Array;
}
