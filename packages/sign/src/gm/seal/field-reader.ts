import { AnjuanError } from '@anjuan/core';
import { readDer, tags, type DerNode } from '../../der/read.js';
import { isUniversal, readBits, readOctets, readOid, readSmallInteger, readText, readTime } from '../../der/values.js';
import { signError } from '../../errors/sign-codes.js';

/** `seal-malformed` with its reason. */
export function sealError(reason: string, cause?: unknown): Error {
  return signError('seal-malformed', { details: { reason }, ...(cause === undefined ? {} : { cause }) });
}

/** Reads DER by `read`; every fault of the encoding becomes `seal-malformed`. */
export function readSealDer<T>(bytes: Uint8Array, read: (node: DerNode) => T): T {
  try {
    return read(readDer(bytes));
  } catch (error) {
    if (!(error instanceof AnjuanError) || error.code !== 'der-malformed') throw error;
    throw sealError(String(error.details?.['reason'] ?? 'der'), error);
  }
}

/** Bytes of a BIT STRING that holds whole bytes. */
export function wholeBytes(node: DerNode): Uint8Array {
  const { bytes, unusedBits } = readBits(node);
  if (unusedBits !== 0) throw sealError('bits-not-whole-bytes');
  return bytes;
}

/** The fields of one SEQUENCE, taken in order; a field that is missing or of another kind is `seal-malformed`. */
export class FieldReader {
  readonly #node: DerNode;
  #at = 0;

  constructor(node: DerNode | undefined) {
    if (!isUniversal(node, tags.sequence) || !node.constructed) throw sealError('not-a-sequence');
    this.#node = node;
  }

  /** How many fields are left. */
  get left(): number {
    return this.#node.children.length - this.#at;
  }

  /** The field that comes next; stays. */
  get peek(): DerNode | undefined {
    return this.#node.children[this.#at];
  }

  take(): DerNode {
    const node = this.peek;
    if (!node) throw sealError('field-missing');
    this.#at += 1;
    return node;
  }

  sequence(): FieldReader {
    return new FieldReader(this.take());
  }

  octets(): Uint8Array {
    return readOctets(this.take());
  }

  oid(): string {
    return readOid(this.take());
  }

  integer(): number {
    const node = this.take();
    if (!isUniversal(node, tags.integer)) throw sealError('not-an-integer');
    return readSmallInteger(node);
  }

  /** Whole bytes of a BIT STRING. */
  bits(): Uint8Array {
    return wholeBytes(this.take());
  }

  /** Text of one tag; characters of IA5String and PrintableString are below 80 hex. */
  text(tag: number): string {
    const node = this.take();
    if (!isUniversal(node, tag)) throw sealError('unexpected-text-type');
    if (tag !== tags.utf8String && node.contents.some((byte) => byte >= 0x80)) throw sealError('text-not-ascii');
    return readText(node);
  }

  /** Milliseconds since 1970; one of the tags. */
  time(...allowed: readonly number[]): number {
    const node = this.take();
    if (!allowed.some((tag) => isUniversal(node, tag))) throw sealError('unexpected-time-type');
    return readTime(node);
  }

  end(): void {
    if (this.left > 0) throw sealError('unexpected-field');
  }
}
