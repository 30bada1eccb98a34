/** Terms longer than this are cut: nobody types more, and an index row stays small. */
export const MAX_TERM_LENGTH = 128;
/** Characters of one value that can start a match. */
const MAX_STARTS = 40;

const HAN = /\p{Script=Han}/u;

export function hasHan(text: string): boolean {
  return HAN.test(text);
}

/** One form for what people type and what records hold: width, case, spaces and marks do not matter. */
export function fold(text: string): string {
  // Cut first: folding 10 kB to keep 128 characters would be a waste.
  return text
    .slice(0, MAX_TERM_LENGTH * 4)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{C}\p{Z}\p{P}\p{M}]/gu, '');
}

export function cut(text: string): string {
  return Array.from(text).slice(0, MAX_TERM_LENGTH).join('');
}

/** The words of a folded query or name. */
export function foldedWords(text: string): string[] {
  return text
    .slice(0, MAX_TERM_LENGTH * 4)
    .split(/[\s\p{Z}\p{C}]+/u)
    .map(fold)
    .filter((word) => word !== '');
}

/** Every ending of a text, so that a prefix search finds substrings. */
export function endings(text: string): string[] {
  const characters = Array.from(cut(fold(text)));
  return characters.slice(0, MAX_STARTS).map((_, start) => characters.slice(start).join(''));
}

/** Every ending that starts at a part: `lin yi` gives `linyi`, `yi`. */
export function endingsOfParts(parts: readonly string[]): string[] {
  const kept = parts.slice(0, MAX_STARTS);
  return kept.map((_, start) => cut(kept.slice(start).join('')));
}
