import { signError } from '../errors/sign-codes.js';

/** One DER element; `bytes` is the whole encoding, `contents` what it holds. Both are views of the input. @source X.690 8.1 */
export interface DerNode {
  readonly tagClass: 'universal' | 'application' | 'context' | 'private';
  readonly constructed: boolean;
  /** Tag number, at most 2^30. */
  readonly tag: number;
  /** Offset of the first byte within the outermost input. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly contents: Uint8Array;
  /** Elements inside a constructed one; empty for a primitive one. */
  readonly children: readonly DerNode[];
}

/** Universal tag numbers. @source X.680 8.6 */
export const tags = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  enumerated: 10,
  utf8String: 12,
  sequence: 16,
  set: 17,
  numericString: 18,
  printableString: 19,
  teletexString: 20,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24,
  visibleString: 26,
  universalString: 28,
  bmpString: 30,
} as const;

/** Deeper nesting is an attack, not a certificate. */
const MAX_DEPTH = 48;
/** Elements of one input; a revocation list of half a million entries stays below. */
const MAX_ELEMENTS = 4_000_000;
const CLASSES = ['universal', 'application', 'context', 'private'] as const;
/** EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, CHARACTER STRING: the only constructed universal types of DER. */
const CONSTRUCTED: ReadonlySet<number> = new Set([8, 11, tags.sequence, tags.set, 29]);

/** Children are made when they are asked for: most of a long list never is. */
class Element implements DerNode {
  readonly tagClass: DerNode['tagClass'];
  readonly constructed: boolean;
  readonly tag: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly contents: Uint8Array;
  #children: readonly DerNode[] | undefined;

  constructor(input: Uint8Array, base: number, start: number, { first, tag, inside, end }: Head) {
    this.tagClass = CLASSES[first >> 6] ?? 'universal';
    this.constructed = (first & 0x20) !== 0;
    this.tag = tag;
    this.offset = base + start;
    this.bytes = input.subarray(start, end);
    this.contents = input.subarray(inside, end);
  }

  get children(): readonly DerNode[] {
    const inner = this.offset + this.bytes.byteLength - this.contents.byteLength;
    this.#children ??= this.constructed ? elementsOf(this.contents, inner) : [];
    return this.#children;
  }
}

/** Identifier and length of one element. */
interface Head {
  first: number;
  tag: number;
  /** Where its contents start and end. */
  inside: number;
  end: number;
}

/**
 * Reads exactly one DER element that fills the input; `allowTrailing` permits bytes after it. Everything inside is checked:
 * definite minimal lengths, minimal tag numbers, strings in one piece. Errors: `der-malformed` with `offset` and `reason`.
 * @source X.690 10.1
 */
export function readDer(input: Uint8Array, options: { readonly allowTrailing?: boolean } = {}): DerNode {
  const head = readHead(input, 0, input.byteLength, 0);
  if (!options.allowTrailing && head.end !== input.byteLength) fail(head.end, 'trailing-bytes');
  check(input, 0, head.end, 0, { left: MAX_ELEMENTS });
  return new Element(input, 0, 0, head);
}

/**
 * Elements inside the one SEQUENCE that fills the input, checked only when their children are asked for: for long lists, and
 * those of which only a part is wanted. Errors: `der-malformed`, also from `children` of what is returned.
 */
export function readElements(input: Uint8Array): readonly DerNode[] {
  const head = readHead(input, 0, input.byteLength, 0);
  if (head.first !== 0x30) fail(0, 'unexpected-tag');
  if (head.end !== input.byteLength) fail(head.end, 'trailing-bytes');
  return elementsOf(input.subarray(head.inside), head.inside);
}

function fail(offset: number, reason: string): never {
  throw signError('der-malformed', { details: { offset, reason } });
}

function elementsOf(contents: Uint8Array, base: number): DerNode[] {
  const elements: DerNode[] = [];
  for (let at = 0; at < contents.byteLength;) {
    const head = readHead(contents, at, contents.byteLength, base);
    elements.push(new Element(contents, base, at, head));
    at = head.end;
  }
  return elements;
}

function check(input: Uint8Array, start: number, end: number, depth: number, budget: { left: number }): void {
  for (let at = start; at < end;) {
    if (depth > MAX_DEPTH || --budget.left < 0) fail(at, 'too-complex');
    const head = readHead(input, at, end, 0);
    if (head.first & 0x20) check(input, head.inside, head.end, depth + 1, budget);
    at = head.end;
  }
}

function readHead(input: Uint8Array, start: number, limit: number, base: number): Head {
  let at = start;
  const next = (): number => {
    const byte = at < limit ? input[at] : undefined;
    if (byte === undefined) fail(base + at, 'truncated');
    at += 1;
    return byte;
  };
  const first = next();
  let tag = first & 0x1f;
  if (tag === 31) {
    tag = 0;
    for (let byte = 0x80; (byte & 0x80) !== 0;) {
      byte = next();
      if (tag === 0 && byte === 0x80) fail(base + at, 'tag-not-minimal');
      tag = tag * 128 + (byte & 0x7f);
      if (tag > 2 ** 30) fail(base + at, 'tag-too-large');
    }
    if (tag < 31) fail(base + at, 'tag-not-minimal');
  }
  if (first < 0x40 && ((first & 0x20) !== 0) !== CONSTRUCTED.has(tag)) fail(base + start, 'constructed-bit');
  let length = next();
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0) fail(base + at, 'indefinite-length');
    if (count > 4) fail(base + at, 'length-too-large');
    length = 0;
    for (let index = 0; index < count; index += 1) length = length * 256 + next();
    if (length < 0x80 || length < 256 ** (count - 1)) fail(base + at, 'length-not-minimal');
  }
  if (at + length > limit) fail(base + start, 'truncated');
  return { first, tag, inside: at, end: at + length };
}
