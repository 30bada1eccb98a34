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
const MAX_NODES = 200_000;
const CLASSES = ['universal', 'application', 'context', 'private'] as const;
/** EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, CHARACTER STRING: the only constructed universal types of DER. */
const CONSTRUCTED: ReadonlySet<number> = new Set([8, 11, tags.sequence, tags.set, 29]);

interface Budget {
  nodes: number;
}

/**
 * Reads exactly one DER element that fills the input; `allowTrailing` permits bytes after it.
 * Strict: definite minimal lengths, minimal tag numbers. Errors: `der-malformed` with `offset` and `reason`.
 * @source X.690 10.1
 */
export function readDer(input: Uint8Array, options: { readonly allowTrailing?: boolean } = {}): DerNode {
  const node = readNode(input, 0, { nodes: MAX_NODES }, 0);
  if (!options.allowTrailing && node.bytes.byteLength !== input.byteLength)
    fail(node.bytes.byteLength, 'trailing-bytes');
  return node;
}

function fail(offset: number, reason: string): never {
  throw signError('der-malformed', { details: { offset, reason } });
}

/** One element without what is in it. */
function readHead(input: Uint8Array, start: number, base: number): DerNode {
  const first = input[start];
  if (first === undefined) fail(base + start, 'truncated');
  const tagPart = readTag(input, start, base);
  const lengthPart = readLength(input, tagPart.next, base);
  const end = lengthPart.next + lengthPart.value;
  if (end > input.byteLength) fail(base + start, 'truncated');
  const constructed = (first & 0x20) !== 0;
  // DER knows no strings in pieces, and no empty-handed SEQUENCE. @source X.690 8.9, 10.2
  if (first < 0x40 && constructed !== CONSTRUCTED.has(tagPart.value)) fail(base + start, 'constructed-bit');
  return {
    tagClass: CLASSES[first >> 6] ?? 'universal',
    constructed,
    tag: tagPart.value,
    offset: base + start,
    bytes: input.subarray(start, end),
    contents: input.subarray(lengthPart.next, end),
    children: [],
  };
}

function readNode(input: Uint8Array, start: number, budget: Budget, depth: number, base = 0): DerNode {
  if (depth > MAX_DEPTH || --budget.nodes < 0) fail(base + start, 'too-complex');
  const node = readHead(input, start, base);
  if (!node.constructed) return node;
  const { contents } = node;
  const inner = base + start + node.bytes.byteLength - contents.byteLength;
  const children: DerNode[] = [];
  for (let at = 0; at < contents.byteLength;) {
    const child = readNode(contents, at, budget, depth + 1, inner);
    children.push(child);
    at += child.bytes.byteLength;
  }
  return { ...node, children };
}

function readTag(input: Uint8Array, start: number, base: number): { value: number; next: number } {
  const low = (input[start] ?? 0) & 0x1f;
  if (low < 31) return { value: low, next: start + 1 };
  let value = 0;
  for (let at = start + 1; ; at += 1) {
    const byte = input[at];
    if (byte === undefined) fail(base + at, 'truncated');
    if (at === start + 1 && byte === 0x80) fail(base + at, 'tag-not-minimal');
    value = value * 128 + (byte & 0x7f);
    if (value > 2 ** 30) fail(base + at, 'tag-too-large');
    if ((byte & 0x80) === 0) {
      if (value < 31) fail(base + at, 'tag-not-minimal');
      return { value, next: at + 1 };
    }
  }
}

function readLength(input: Uint8Array, at: number, base: number): { value: number; next: number } {
  const first = input[at];
  if (first === undefined) fail(base + at, 'truncated');
  if (first < 0x80) return { value: first, next: at + 1 };
  const count = first & 0x7f;
  if (count === 0) fail(base + at, 'indefinite-length');
  if (count > 4) fail(base + at, 'length-too-large');
  let value = 0;
  for (let index = 1; index <= count; index += 1) {
    const byte = input[at + index];
    if (byte === undefined) fail(base + at, 'truncated');
    value = value * 256 + byte;
  }
  if (value < 0x80 || (input[at + 1] ?? 0) === 0) fail(base + at, 'length-not-minimal');
  return { value, next: at + 1 + count };
}

/**
 * Elements of `input` one after the other, or inside the one element of tag `inside` that fills it. What is in them is not
 * looked at (`children` is empty): for long lists, and lists of which only a part is wanted. Errors: `der-malformed`.
 */
export function readElements(input: Uint8Array, options: { readonly inside?: number } = {}): DerNode[] {
  let contents = input;
  let base = 0;
  if (options.inside !== undefined) {
    const outer = readHead(input, 0, 0);
    if (outer.tag !== options.inside || outer.tagClass !== 'universal' || !outer.constructed) fail(0, 'unexpected-tag');
    if (outer.bytes.byteLength !== input.byteLength) fail(outer.bytes.byteLength, 'trailing-bytes');
    contents = outer.contents;
    base = input.byteLength - contents.byteLength;
  }
  const elements: DerNode[] = [];
  for (let at = 0; at < contents.byteLength;) {
    const element = readHead(contents, at, base);
    elements.push(element);
    at += element.bytes.byteLength;
  }
  return elements;
}
