import type { Clock } from '@anjuan/core';
import type { FormAppearance, Placement } from '../appearance/appearance.js';
import type { ByteSource } from '../bytes/byte-source.js';
import type { CryptoEngine, HashAlgorithm } from '../crypto/algorithms.js';
import type { Signer, SignerCallOptions, SignerCapability, SignerIdentity } from '../signers/signer.js';
import type { RevocationSource, TimestampAuthority } from '../trust/ports.js';

/** How long a signature proves itself. @source ETSI EN 319 142-1 6.1 */
export type SigningLevel = 'B-B' | 'B-T' | 'B-LT' | 'B-LTA';

/** What is known when the picture of a signature is drawn. */
export interface AppearanceContext {
  readonly identity: SignerIdentity;
  /** Common name of the certificate's subject; may be empty. */
  readonly subjectName: string;
  /** The claimed time, milliseconds since 1970. */
  readonly time: number;
  readonly fieldName: string;
  /** Size of the field in points. */
  readonly widthPt: number;
  readonly heightPt: number;
  /** Clockwise rotation of the page in degrees. */
  readonly rotate: number;
}

/** Draws the visible signature; called once the signer is known, before anything is signed. */
export type AppearanceBuilder = (context: AppearanceContext) => FormAppearance | Promise<FormAppearance>;

/** Fields that a signature locks. @source ISO 32000-2 12.7.5.5 table 236 */
export type SignatureLock =
  { readonly action: 'All' } | { readonly action: 'Include' | 'Exclude'; readonly fields: readonly string[] };

/** A signature field that is added with the signature. */
export interface NewSignatureField {
  /** Partial name without a period. Default `Signature1`, `Signature2` ... */
  readonly name?: string;
  /** Where it is seen; without it the signature is invisible. */
  readonly placement?: Placement;
}

/** One slice of a cross-page seal (骑缝章). */
export interface SealSlice {
  readonly placement: Placement;
  readonly appearance: FormAppearance;
}

/**
 * Where the slices of a cross-page seal go, so that no earlier signature is harmed:
 * `before-first-signature` puts them on the pages in a revision of their own, only while nothing is signed;
 * `fields` fills the read-only fields that `prepareSealFields` made before the first signature (form filling);
 * `first-page` shows only the first slice, as the picture of the signature itself.
 */
export interface CrossPageSeal {
  readonly mode: 'before-first-signature' | 'fields' | 'first-page';
  readonly slices: readonly SealSlice[];
  /** Name given to `prepareSealFields`. Default `Seal`. */
  readonly name?: string;
}

/** One signature: who signs, where, and what it says. */
export interface SignatureOptions {
  readonly signer: Signer;
  /** Fully qualified name of an existing empty field, or a new one. Default a new invisible one. */
  readonly field?: string | NewSignatureField;
  /** Picture of the signature; without it the field stays empty paper. */
  readonly appearance?: AppearanceBuilder;
  /** Hash of content and signature. Default that of the signer; `sm3` for SM2. */
  readonly hash?: HashAlgorithm;
  readonly reason?: string;
  readonly location?: string;
  readonly contactInfo?: string;
  /** Name of the signer when the certificate does not say it. */
  readonly name?: string;
  /**
   * Certifies the document (DocMDP); only for the first signature. 1 nothing may change, 2 forms may be filled and signed,
   * 3 also comments: refused unless `allowComments`, because comments can cover text.
   */
  readonly certification?: { readonly permissions: 1 | 2 | 3; readonly allowComments?: boolean };
  /** Fields that may not change afterwards. A lock that an existing field brings along is used by itself. */
  readonly lock?: SignatureLock;
  /**
   * What the signer is asked for, when it can do several things. Default the first of `cms`, `digest`, `bytes`, `seal` that it
   * can. `seal` puts the structure of GB/T 38540 into /Contents.
   */
  readonly capability?: SignerCapability;
  /** `adbe.pkcs7.detached` is for signers whose own CMS does not follow PAdES. Default `ETSI.CAdES.detached`. */
  readonly subFilter?: 'ETSI.CAdES.detached' | 'adbe.pkcs7.detached';
  /** /Filter and /SubFilter of a seal. Default `GM.PKILite`, `GM.sm2seal`: no standard names them. */
  readonly sealFilter?: { readonly filter: string; readonly subFilter: string };
  /** Object identifiers of the CMS: western, or those of China's GM/T 0010 (SM2 only). Default `rfc5652`. */
  readonly cmsProfile?: 'rfc5652' | 'gmt-0010';
  readonly seal?: CrossPageSeal;
}

/** Progress of signing; counts documents of the batch. */
export interface SigningProgress {
  readonly phase: 'prepare' | 'sign' | 'assemble' | 'extend';
  readonly done: number;
  readonly total: number;
}

/** How the work is done; the same for one document and many. */
export interface SigningSetup extends SignerCallOptions {
  /** Default `B-B`. `B-T` and more need `timestampAuthority`, `B-LT` and more also `revocation`. */
  readonly level?: SigningLevel;
  readonly timestampAuthority?: TimestampAuthority;
  /** Hash of the imprints sent to the timestamp authority. Default `sha-256`. */
  readonly timestampHash?: HashAlgorithm;
  readonly revocation?: RevocationSource;
  /** DER certificates (roots, intermediates of the TSA) for chains that the signatures do not carry themselves. */
  readonly certificates?: readonly Uint8Array[];
  /** `production` refuses keys marked `test`. Default `test`. */
  readonly policy?: 'test' | 'production';
  /** `fast` joins the file in memory where the browser hashes only whole buffers; `lean` streams. Default `fast` up to 256 MiB. */
  readonly mode?: 'fast' | 'lean';
  /** Bytes kept for each signature value. Default 16,384; more when the certificates need it. */
  readonly slotBytes?: number;
  /** Gives the claimed time and judges certificates. Default the machine's. */
  readonly clock?: Clock;
  readonly engine?: CryptoEngine;
  /** Password that opens an encrypted file. */
  readonly password?: string;
  readonly onProgress?: (progress: SigningProgress) => void;
}

/** Options of `signPdf`: one signature, or several in this order. */
export type SignPdfOptions = SigningSetup &
  (SignatureOptions | { readonly signatures: readonly SignatureOptions[]; readonly signer?: undefined });

/** One signature or document timestamp that was added. */
export interface AddedSignature {
  readonly kind: 'signature' | 'seal' | 'document-timestamp';
  readonly fieldName: string;
  readonly byteRange: readonly [number, number, number, number];
  /** Size of the signature value, without padding. */
  readonly valueBytes: number;
}

/** The original, untouched, and what was added behind it. */
export interface SignedPdf {
  /** Original and increments, one after the other, without a copy. */
  readonly source: ByteSource;
  readonly increments: readonly Uint8Array<ArrayBuffer>[];
  readonly signatures: readonly AddedSignature[];
  /** The signed file; shares the original's bytes with `original`. */
  blob(original: Blob): Blob;
  /** All bytes in one array: a copy. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

/** One document of a batch; what it does not say is taken from the batch. */
export interface BatchDocument extends Partial<Omit<SignatureOptions, 'signer' | 'hash' | 'capability'>> {
  readonly source: ByteSource;
  readonly password?: string;
}

/** Options of `signBatch`: one authorization of the signer for all documents. */
export interface SignBatchOptions extends SigningSetup, SignatureOptions {}

/** Empty fields to be made while nothing is certified, for signatures and seals that come later. */
export interface PrepareFieldsOptions {
  readonly signatures?: readonly (NewSignatureField & { readonly lock?: SignatureLock })[];
  /** Read-only fields for the slices of a cross-page seal, see `CrossPageSeal`. */
  readonly seal?: { readonly placements: readonly Placement[]; readonly name?: string };
  readonly password?: string;
  readonly signal?: AbortSignal;
}

/** All documents are signed, or none is. */
export type BatchResult =
  | { readonly status: 'signed'; readonly documents: readonly SignedPdf[] }
  /** Found before the signer was asked; nothing was signed. */
  | { readonly status: 'refused'; readonly refusals: readonly { readonly index: number; readonly error: Error }[] };
