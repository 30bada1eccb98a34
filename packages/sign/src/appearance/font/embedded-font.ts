import type { NewObject, PdfRef } from '../../pdf/objects.js';
import type { SignatureFont } from './signature-font.js';

/** The characters of one drawing, numbered as they come; each has its own CID, also those the font lacks, so that copying gives the text. */
export class EmbeddedFont {
  readonly #font: SignatureFont;
  readonly #cids = new Map<number, number>();

  constructor(font: SignatureFont) {
    this.#font = font;
  }

  /** Width of a text in em. */
  width(text: string): number {
    let width = 0;
    for (const character of text) width += this.#font.glyph(character.codePointAt(0) ?? 0).advance;
    return width / this.#font.unitsPerEm;
  }

  /** Hex string of a text's CIDs for the Tj operator. */
  encode(text: string): string {
    let hex = '';
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0;
      const cid = this.#cids.get(codePoint) ?? this.#cids.size + 1;
      this.#cids.set(codePoint, cid);
      hex += cid.toString(16).padStart(4, '0');
    }
    return `<${hex}>`;
  }

  /** Adds the font's objects and gives the Type 0 font; undefined when no text was encoded. */
  async write(add: (object: NewObject) => PdfRef): Promise<PdfRef | undefined> {
    if (this.#cids.size === 0) return undefined;
    const { writeFont } = await import('./write-font.js');
    return writeFont(this.#font, [...this.#cids.keys()], add);
  }
}
