import type { PdfFile } from '../pdf-file.js';
import { isDigit, isRegular, isWhite, latin1 } from './chars.js';

/** A piece of PDF syntax found by looking at the bytes, not by the cross-reference. */
export interface ScannedToken {
  readonly kind: 'object' | 'xref' | 'trailer' | 'startxref' | 'eof';
  /** First byte in the file. */
  readonly offset: number;
  /** Of `n g obj`. */
  readonly number?: number;
  readonly generation?: number;
}

const CHUNK_BYTES = 262_144;
/** Room for a token that a chunk would cut. */
const OVERLAP_BYTES = 64;

/**
 * Every `n g obj`, `xref`, `trailer`, `startxref` and `%%EOF` that starts within the bytes [from, to).
 * Meant for areas that no cross-reference covers: inside streams it may find what is none. Errors: `aborted`.
 */
export async function scanObjects(
  { source }: Pick<PdfFile, 'source'>,
  from: number,
  to: number,
  options: { readonly signal?: AbortSignal } = {},
): Promise<readonly ScannedToken[]> {
  const found = new Map<number, ScannedToken>();
  const end = Math.min(to, source.sizeBytes);
  for (let start = from; start < end; start += CHUNK_BYTES) {
    const before = Math.max(from, start - OVERLAP_BYTES);
    const bytes = await source.read(before, start + CHUNK_BYTES + OVERLAP_BYTES - before, options);
    for (const token of scanChunk(bytes, before)) {
      if (token.offset >= from && token.offset < end) found.set(token.offset, token);
    }
  }
  return [...found.values()].sort((a, b) => a.offset - b.offset);
}

const WORDS = { xref: 'xref', trailer: 'trailer', startxref: 'startxref', eof: '%%EOF' } as const;

function* scanChunk(bytes: Uint8Array, base: number): Generator<ScannedToken> {
  for (let at = 0; at < bytes.byteLength; at += 1) {
    const byte = bytes[at];
    if (byte === 0x6f && bytes[at + 1] === 0x62 && bytes[at + 2] === 0x6a) {
      const token = objectBefore(bytes, at, base);
      if (token !== undefined) yield token;
    } else if (byte === 0x78 || byte === 0x74 || byte === 0x73 || byte === 0x25) {
      for (const kind of ['xref', 'trailer', 'startxref', 'eof'] as const) {
        const word = WORDS[kind];
        if (word.charCodeAt(0) !== byte || (kind !== 'eof' && isRegular(bytes[at - 1] ?? 0))) continue;
        if (latin1(bytes.subarray(at, at + word.length)) === word) yield { kind, offset: base + at };
      }
    }
  }
}

/** Reads `n g ` backwards from the word `obj`. */
function objectBefore(bytes: Uint8Array, word: number, base: number): ScannedToken | undefined {
  let at = word;
  const back = (fits: (byte: number) => boolean): string => {
    const end = at;
    while (at > 0 && fits(bytes[at - 1] ?? 0)) at -= 1;
    return latin1(bytes.subarray(at, end));
  };
  back(isWhite);
  const generation = back(isDigit);
  const space = back(isWhite);
  const number = back(isDigit);
  if (generation === '' || space === '' || number === '') return undefined;
  return { kind: 'object', offset: base + at, number: Number(number), generation: Number(generation) };
}
