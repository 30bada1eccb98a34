/** Hash functions. `sha-1` and `md5`-era ones are read only to say that they are too weak. */
export type HashAlgorithm = 'sha-1' | 'sha-256' | 'sha-384' | 'sha-512' | 'sm3';

/** How a signature value was made. */
export type SignatureAlgorithm =
  | { readonly kind: 'rsa-pkcs1'; readonly hash: HashAlgorithm }
  | { readonly kind: 'rsa-pss'; readonly hash: HashAlgorithm; readonly saltBytes: number }
  /** The value is DER `SEQUENCE { r, s }`, never the raw pair of WebCrypto. */
  | { readonly kind: 'ecdsa'; readonly hash: HashAlgorithm }
  | { readonly kind: 'ed25519' }
  /** SM2 with SM3 over Z_A and message; the value is DER `SEQUENCE { r, s }`. @source GB/T 32918.2, GM/T 0009 */
  | { readonly kind: 'sm2'; readonly userId?: Uint8Array };

/** A hash that takes its input in pieces. */
export interface StreamHash {
  readonly algorithm: HashAlgorithm;
  update(bytes: Uint8Array): void;
  /** A second hash with the same state: one pass serves several ranges. */
  fork(): StreamHash;
  /** The digest; the hash cannot be used afterwards. */
  digest(): Uint8Array<ArrayBuffer>;
}

/** Everything that computes. One implementation picks the fastest that the page may use: WebCrypto, WASM, script. */
export interface CryptoEngine {
  /** Which of the fast ways are in use; for diagnostics. */
  readonly backend: { readonly subtle: boolean; readonly wasm: boolean; readonly node: boolean };
  /** A streaming hash. `sm3` loads the GM module first. */
  hasher(algorithm: HashAlgorithm): Promise<StreamHash>;
  /** One-shot digest. */
  digest(algorithm: HashAlgorithm, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * True when `signature` is one of `data` under the key. A malformed signature is false; a key of another kind or on a
   * wrong curve is `crypto-unsupported` or `der-malformed`.
   */
  verify(request: VerifyRequest): Promise<boolean>;
}

/** One signature to check. */
export interface VerifyRequest {
  readonly algorithm: SignatureAlgorithm;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  /** What was signed; small (signed attributes, a certificate body). */
  readonly data: Uint8Array;
}
