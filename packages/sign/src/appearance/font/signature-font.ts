/** A step of an outline; the numbers are the end point, curves have their two control points before it. */
export type PathStep =
  | readonly ['M' | 'L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z'];

/** What one character looks like, in units of the font's em; y goes up. */
export interface Glyph {
  readonly advance: number;
  readonly outline: readonly PathStep[];
}

/** An opened font whose glyphs may be embedded. Only the glyphs that are asked for are decoded. */
export interface SignatureFont {
  /** PostScript name, for example `NotoSansHans-Regular`. */
  readonly name: string;
  readonly unitsPerEm: number;
  /** Height over and depth (negative) under the baseline, in units of the em. */
  readonly ascent: number;
  readonly descent: number;
  /** The character's glyph; an empty box when the font has none. */
  glyph(codePoint: number): Glyph;
  /** Characters of a text that the font cannot draw, each once. Check names of people before signing. */
  missing(text: string): readonly string[];
}
