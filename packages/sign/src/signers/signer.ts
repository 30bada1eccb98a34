import type { HashAlgorithm, SignatureAlgorithm } from '../crypto/algorithms.js';

/** What a signer can be asked for. The key itself never leaves it. */
export type SignerCapability = 'digest' | 'bytes' | 'cms' | 'seal';

/** Who signs. */
export interface SignerIdentity {
  /** DER of the signing certificate. */
  readonly certificate: Uint8Array;
  /** DER of the certificates above it, nearest first; may be empty. */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /** True for keys that anybody may hold: appearances carry a visible test mark, policy `production` refuses them. */
  readonly test: boolean;
  /** DER of the seal (SESeal), when the signer holds one. */
  readonly seal?: Uint8Array;
  /** Picture of the seal that the device holds. */
  readonly sealPicture?: { readonly bytes: Uint8Array; readonly mime: string };
}

/** One thing to sign. What comes back is named per kind. */
export type SignRequest =
  /** Signature value (DER for ECDSA and SM2). For SM2 `digest` is e = SM3(Z_A || M). */
  | { readonly kind: 'digest'; readonly hash: HashAlgorithm; readonly digest: Uint8Array }
  /** Signature value; the signer hashes. */
  | { readonly kind: 'bytes'; readonly data: Uint8Array }
  /** DER ContentInfo of a detached CMS SignedData over content with this digest. */
  | { readonly kind: 'cms'; readonly hash: HashAlgorithm; readonly digest: Uint8Array }
  /** DER SES_Signature over this digest. @source GB/T 38540-2020 7 */
  | { readonly kind: 'seal'; readonly digest: Uint8Array; readonly propertyInfo: string };

/** Keeps a private key: a UKey, a cloud service, a test key. All adapters pass one contract suite. */
export interface Signer {
  /** Stable kind for diagnostics: `csc`, `ukey`, `pkcs12`, `webcrypto`. */
  readonly kind: string;
  readonly capabilities: readonly SignerCapability[];
  /**
   * Certificate and algorithm; asked before anything is prepared, because SM2 digests need the key.
   * Errors: `signer-unavailable`, `signer-not-found`, `signer-cancelled`, `aborted`.
   */
  identity(options?: SignerCallOptions): Promise<SignerIdentity>;
  /**
   * Signs all requests under one authorization (one PIN, one SAD); results in the same order, all or none.
   * Errors: `signer-pin-wrong` (details.attemptsLeft), `signer-locked`, `signer-refused`, `signer-cancelled`,
   * `signer-unavailable`, `signer-protocol`, `aborted`.
   */
  sign(requests: readonly SignRequest[], options?: SignerCallOptions): Promise<readonly Uint8Array[]>;
}

/** Options of every call of a signer. */
export interface SignerCallOptions {
  readonly signal?: AbortSignal;
  /** Asks the user for PIN or one-time code; never stored. Undefined answer = cancelled. */
  readonly askSecret?: (question: SecretQuestion) => Promise<string | undefined>;
}

/** What the user is asked. */
export interface SecretQuestion {
  readonly kind: 'pin' | 'one-time-code';
  /** Tries left before the key locks, when known. */
  readonly attemptsLeft?: number;
  /** The answer before was wrong. */
  readonly again: boolean;
}
