import type { Pdfium } from './pdfium.js';

/** In page space: origin lower left, before the page's rotation. */
export interface PageRect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A line's reach above and below the baseline in parts of the font size; fonts themselves claim up to twice as much. */
const ASCENT = 0.9;
const DESCENT = 0.2;

/** Reads where characters stand. Holds a little engine memory until `close`. */
export class CharBoxes {
  readonly #pdfium: Pdfium;
  readonly #textPage: number;
  /** Six floats, or two doubles. */
  readonly #out: number;

  constructor(pdfium: Pdfium, textPage: number) {
    this.#pdfium = pdfium;
    this.#textPage = textPage;
    this.#out = pdfium.allocate(24);
  }

  close(): void {
    this.#pdfium.release(this.#out);
  }

  /** Undefined for characters the engine made up, such as the blank between two words. */
  box(index: number): PageRect | undefined {
    const { api } = this.#pdfium;
    if (api.FPDFText_IsGenerated(this.#textPage, index) !== 0) return undefined;
    if (!api.FPDFText_GetLooseCharBox(this.#textPage, index, this.#out)) return undefined;
    const view = this.#view();
    const [x0, y0, x1, y1] = [
      view.getFloat32(0, true),
      view.getFloat32(4, true),
      view.getFloat32(8, true),
      view.getFloat32(12, true),
    ];
    const loose = { left: Math.min(x0, x1), right: Math.max(x0, x1), bottom: Math.min(y0, y1), top: Math.max(y0, y1) };
    return this.#trimmed(index, loose);
  }

  /** Cuts the font's own reach down to the line, across the direction of writing. */
  #trimmed(index: number, loose: PageRect): PageRect {
    const { api } = this.#pdfium;
    if (!api.FPDFText_GetMatrix(this.#textPage, index, this.#out)) return loose;
    const [upX, upY] = [this.#view().getFloat32(8, true), this.#view().getFloat32(12, true)];
    const em = api.FPDFText_GetFontSize(this.#textPage, index) * Math.hypot(upX, upY);
    if (em <= 0 || !api.FPDFText_GetCharOrigin(this.#textPage, index, this.#out, this.#out + 8)) return loose;
    const [originX, originY] = [this.#view().getFloat64(0, true), this.#view().getFloat64(8, true)];
    if (Math.abs(upY) >= Math.abs(upX)) {
      const [bottom, top] = reach(originY, em * Math.sign(upY || 1));
      return { ...loose, bottom, top };
    }
    const [left, right] = reach(originX, em * Math.sign(upX));
    return { ...loose, left, right };
  }

  #view(): DataView {
    return new DataView(this.#pdfium.heap().buffer, this.#out, 24);
  }
}

/** From below the baseline to above it; `em` is negative where up points to smaller values. */
function reach(baseline: number, em: number): readonly [number, number] {
  const below = baseline - DESCENT * em;
  const above = baseline + ASCENT * em;
  return [Math.min(below, above), Math.max(below, above)];
}
