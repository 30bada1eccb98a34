/** Controls and line ends; half surrogate pairs and noncharacters. Unicode mode: `\p{Cs}` meets lone halves only. */
const BLANKS = /[\p{Cc}\u2028\u2029]+/gu;
const IMPOSSIBLE = /[\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** Text that XML and PDF can hold: controls become spaces, what is no character becomes U+FFFD, marks of byte order go. */
export function wellFormed(text: string): string {
  return text.replaceAll(BLANKS, ' ').replaceAll(IMPOSSIBLE, '\uFFFD').replaceAll('\uFEFF', '');
}
