import { wellFormed } from './well-formed.js';

/** Codes of these ranges are half an em wide: Latin to Cyrillic and the half-width forms; all others an em. */
const HALF_WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x0000, 0x10ff],
  [0xff61, 0xffdc],
];
/** Codes that no text uses as characters: the surrogates, then the private use area. */
const SPARE = { first: 0xd800, last: 0xf8ff } as const;

export const halfWideRanges = HALF_WIDE;

export function isHalfWide(code: number): boolean {
  return HALF_WIDE.some(([first, last]) => code >= first && code <= last);
}

/**
 * Codes of two bytes for all characters of a document. A character of the basic plane is its own code; a rare one above
 * (生僻字) borrows a spare code, so that each reader copies it as one character.
 */
export class TextCodes {
  readonly #codes = new Map<number, number>();
  #spare: number = SPARE.first;

  constructor(texts: Iterable<string>) {
    const points = new Set<number>();
    for (const text of texts) for (const character of wellFormed(text)) points.add(character.codePointAt(0) ?? 0);
    for (const point of points) if (point < 0x10000) this.#codes.set(point, point);
    for (const point of points) if (point >= 0x10000) this.#codes.set(point, this.#borrow());
  }

  /** Codes of a text, which must be one of the document's. */
  of(text: string): readonly number[] {
    return Array.from(wellFormed(text), (character) => this.#codes.get(character.codePointAt(0) ?? 0) ?? 0xfffd);
  }

  /** Code and character of all that is used, by code. */
  entries(): readonly (readonly [code: number, character: string])[] {
    const entries = Array.from(this.#codes, ([point, code]) => [code, String.fromCodePoint(point)] as const);
    return entries.sort(([a], [b]) => a - b);
  }

  /** More than 8,448 different rare characters in one document become the replacement character. */
  #borrow(): number {
    while (this.#codes.has(this.#spare)) this.#spare += 1;
    this.#spare += 1;
    return this.#spare - 1 > SPARE.last ? 0xfffd : this.#spare - 1;
  }
}
