import { bytesSource, joinBytes, joinSources, type ByteSource } from '../bytes/byte-source.js';
import { readAhead } from '../bytes/read-ahead.js';
import type { CryptoEngine, HashAlgorithm, StreamHash } from '../crypto/algorithms.js';
import { signError } from '../errors/sign-codes.js';
import { Changes } from './changes.js';
import type { PdfFile } from '../pdf/pdf-file.js';
import { openPdf, type OpenPdfOptions } from '../pdf/read/index.js';
import type { Increment, Span } from '../pdf/write/index.js';
import type { AddedSignature, SignedPdf } from './types.js';

/** Larger files are streamed unless the caller wants them joined. */
const FAST_LIMIT_BYTES = 2 ** 28;
const PROBE_BYTES = 4096;

/** A document while it is being signed: the original, untouched, and the increments so far. */
export class SigningDocument {
  readonly #original: ByteSource;
  readonly #options: OpenPdfOptions;
  readonly #increments: Uint8Array<ArrayBuffer>[] = [];
  readonly #signatures: AddedSignature[] = [];
  readonly #states = new Map<HashAlgorithm, { hash: StreamHash; upTo: number }>();
  #probe = new Uint8Array();
  #file: PdfFile;

  /** Errors: those of `openPdf`, `pdf-unsignable`. */
  static async open(source: ByteSource, options: OpenPdfOptions): Promise<SigningDocument> {
    const original = guard(source);
    const document = new SigningDocument(original, await openPdf(original, options), options);
    document.#probe = await document.#readProbe();
    await document.#refuseTail();
    return document;
  }

  private constructor(original: ByteSource, file: PdfFile, options: OpenPdfOptions) {
    this.#original = original;
    this.#file = file;
    this.#options = options;
  }

  /** The file with all increments so far. */
  get file(): PdfFile {
    return this.#file;
  }

  /** Begins an increment. */
  changes(): Changes {
    return new Changes(this.#file, this.#options);
  }

  /** Appends an increment; the file is opened again. */
  async append({ bytes }: Increment, added?: AddedSignature): Promise<void> {
    this.#increments.push(bytes);
    if (added) this.#signatures.push(added);
    this.#file = await openPdf(this.#joined(), this.#options);
  }

  /**
   * Digest of the file with the increment, without the hole. What was hashed before is not read again, unless `fast` uses
   * the browser's one-shot digest, which takes whole buffers only.
   */
  async digest(
    hash: HashAlgorithm,
    increment: Increment,
    [from, to]: Span,
    { engine, mode }: { readonly engine: CryptoEngine; readonly mode: 'fast' | 'lean' | undefined },
  ): Promise<Uint8Array<ArrayBuffer>> {
    const base = this.#file.source.sizeBytes;
    const ends = [increment.bytes.subarray(0, from - base), increment.bytes.subarray(to - base)];
    const { subtle, node } = engine.backend;
    const fast = (mode ?? (base > FAST_LIMIT_BYTES ? 'lean' : 'fast')) === 'fast';
    if (fast && subtle && !node && hash !== 'sm3') {
      const [first, last] = ends.map((end) => end.byteLength);
      const whole = new Uint8Array(base + (first ?? 0) + (last ?? 0));
      await this.#pass(0, (piece, at) => whole.set(piece, at));
      ends.forEach((end, index) => whole.set(end, index === 0 ? base : base + (first ?? 0)));
      return engine.digest(hash, whole);
    }
    const state = this.#states.get(hash) ?? { hash: await engine.hasher(hash), upTo: 0 };
    this.#states.delete(hash);
    await this.#pass(state.upTo, (piece) => state.hash.update(piece));
    this.#states.set(hash, { hash: state.hash, upTo: base });
    const fork = state.hash.fork();
    for (const end of ends) fork.update(end);
    return fork.digest();
  }

  /** Errors: `pdf-changed` when the source is not what it was when it was opened. */
  async assertUnchanged(): Promise<void> {
    const now = await this.#readProbe();
    if (now.byteLength !== this.#probe.byteLength || now.some((byte, index) => byte !== this.#probe[index]))
      throw signError('pdf-changed');
  }

  /** The result so far. */
  result(): SignedPdf {
    const increments = [...this.#increments];
    const source = this.#joined();
    return {
      source,
      increments,
      signatures: [...this.#signatures],
      blob: (original) => new Blob([original, ...increments], { type: 'application/pdf' }),
      bytes: async () => joinBytes([await this.#original.read(0, this.#original.sizeBytes), ...increments]),
    };
  }

  #joined(): ByteSource {
    return joinSources([this.#original, ...this.#increments.map(bytesSource)]);
  }

  /** Hands out all bytes from an offset. Errors: `pdf-changed` when the source is shorter than it was. */
  async #pass(from: number, take: (piece: Uint8Array, at: number) => void): Promise<void> {
    const { source } = this.#file;
    let at = from;
    for await (const piece of readAhead(source, from, this.#options.signal)) {
      if (at + piece.byteLength > source.sizeBytes) break;
      take(piece, at);
      at += piece.byteLength;
    }
    if (at !== source.sizeBytes) throw signError('pdf-changed');
  }

  async #readProbe(): Promise<Uint8Array<ArrayBuffer>> {
    const { sizeBytes } = this.#original;
    const size = new TextEncoder().encode(`${sizeBytes} `);
    const head = await this.#original.read(0, PROBE_BYTES, this.#options);
    const tail = await this.#original.read(Math.max(0, sizeBytes - PROBE_BYTES), PROBE_BYTES, this.#options);
    return joinBytes([size, head, tail]);
  }

  /** Bytes behind the last revision that nobody can explain would be signed unseen. */
  async #refuseTail(): Promise<void> {
    const end = this.#file.revisions.at(-1)?.endOffset ?? 0;
    const tail = await this.#original.read(end, PROBE_BYTES, this.#options);
    if (this.#original.sizeBytes - end > PROBE_BYTES || tail.some((byte) => byte !== 0 && byte > 0x20))
      throw signError('pdf-unsignable', { details: { reason: 'bytes-after-eof' } });
  }
}

/** A file that the disk changed under the browser raises NotReadableError. @source W3C File API 6.1 */
function guard(source: ByteSource): ByteSource {
  const changed = (cause: unknown): unknown =>
    cause instanceof Error && /^Not(Readable|Found)Error$/.test(cause.name)
      ? signError('pdf-changed', { cause })
      : cause;
  return {
    get sizeBytes() {
      return source.sizeBytes;
    },
    read: async (offset, lengthBytes, options) => {
      try {
        return await source.read(offset, lengthBytes, options);
      } catch (cause) {
        throw changed(cause);
      }
    },
    stream: async function* (offset, options) {
      try {
        yield* readAhead(source, offset, options?.signal);
      } catch (cause) {
        throw changed(cause);
      }
    },
  };
}
