/** Address and size of stored bytes. */
export interface BlobInfo {
  /** Lower-case hex SHA-256 of the bytes: the address. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Bytes `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Options of every call on a blob store. */
export interface BlobCall {
  readonly signal?: AbortSignal;
}

/** Options of a `put`. */
export interface BlobPutOptions extends BlobCall {
  /** Throws `validation-failed` with details.maxBytes and stores nothing when more bytes arrive. */
  readonly maxBytes?: number;
}

/** Options of a `delete`. */
export interface BlobDeleteOptions extends BlobCall {
  /** Milliseconds since 1970: bytes that somebody stored (again) later stay, they may be about to be named. */
  readonly unlessPutAfter?: number;
}

/** Bytes to store: at once or as they come. */
export type BlobSource = Uint8Array | ReadableStream<Uint8Array>;

/**
 * Bytes addressed by their SHA-256; the same bytes are stored once. Durable when `put` resolves.
 * One contract suite (`testing/blob-contract.ts`) holds for every implementation.
 */
export interface BlobStore {
  put(source: BlobSource, options?: BlobPutOptions): Promise<BlobInfo>;
  has(sha256: string, call?: BlobCall): Promise<BlobInfo | undefined>;
  /** A stream of the bytes, or of a range inside them; undefined when unknown. */
  get(
    sha256: string,
    options?: BlobCall & { readonly range?: ByteRange },
  ): Promise<ReadableStream<Uint8Array> | undefined>;
  /** The whole content at once; undefined when unknown. */
  bytes(sha256: string, call?: BlobCall): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** True when something was removed. */
  delete(sha256: string, options?: BlobDeleteOptions): Promise<boolean>;
}
