import type { Ink } from '../ink/ink.js';
import { appearanceError, requireSize } from './appearance-error.js';
import { POINTS_PER_MM, type FormAppearance } from './appearance.js';
import { fitText } from './fit-text.js';
import type { SignatureFont } from './font/signature-font.js';
import { FormCanvas } from './form/form-canvas.js';
import { centred, divide } from './layout.js';
import { drawInk, type InkOutline } from './draw-ink.js';
import { paintSeal } from './seal/paint-seal.js';
import type { Seal } from './seal/seal.js';
import { wordedLines } from './signature-text.js';
import { drawTestMark } from './test-mark.js';

/** A line as the caller words it. */
export interface SignatureLine {
  readonly text: string;
  /** Height of the characters in millimetres; default as large as fits, at most 3.5. */
  readonly sizeMm?: number;
}

/** What a visible signature says; every part may be absent. @source 21 CFR 11.50: name, time, meaning */
export interface SignatureWords {
  readonly name?: string;
  readonly reason?: string;
  /** Such as `审核` or `知情同意`. */
  readonly meaning?: string;
  /** ISO 8601; shown as it stands there, `2026-03-02 09:12`, never moved into another time zone. */
  readonly time?: string;
}

/** How a visible signature looks. */
export interface SignatureAppearanceOptions {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Lines in the caller's words, or the parts with labels in the language of `locale`. Default no text. */
  readonly text?: readonly SignatureLine[] | SignatureWords;
  /** Handwriting, drawn as vectors. */
  readonly ink?: Ink;
  /** Outlines of the handwriting in hundredths of a millimetre, y down, instead of those that `ink` gives. */
  readonly inkOutlines?: readonly InkOutline[];
  /** Seal or picture; stands under the ink when both are given. */
  readonly seal?: Seal;
  /** Says visibly that the key is a test key. */
  readonly testMark: boolean;
  /** Default `zh-CN`. */
  readonly locale?: 'zh-CN' | 'en';
  /** Needed for text and test mark. */
  readonly font?: SignatureFont;
}

/**
 * A visible signature as a Form XObject: handwriting or seal beside its text. Text is searchable (embedded font subset) and fits or ends
 * with an ellipsis, never cut. Nothing refers to fonts outside the file. Errors: `invalid-argument` with details.reason.
 */
export async function signatureAppearance(options: SignatureAppearanceOptions): Promise<FormAppearance> {
  const { widthMm, heightMm, seal, font } = options;
  requireSize(widthMm, heightMm);
  const canvas = new FormCanvas();
  const lines = wordedLines(options.text, options.locale ?? 'zh-CN');
  const outlines = await outlinesOf(options);
  const hasPicture = seal !== undefined || outlines.length > 0;
  const { picture, text } = divide(widthMm, heightMm, hasPicture, lines.length > 0);
  if (seal) {
    const scale = Math.min(1, picture.widthMm / seal.widthMm, picture.heightMm / seal.heightMm);
    canvas.within(centred(picture, seal, scale), () => {
      canvas.blend({ mode: 'Multiply' });
      paintSeal(canvas, seal);
    });
  }
  drawInk(canvas, outlines, picture);
  if (lines.length > 0) {
    if (!font) throw appearanceError('font-needed');
    canvas.color([0, 0, 0]);
    for (const line of fitText(lines, text, (words) => canvas.font(font).width(words))) {
      const [x, y] = [text.xMm + line.xMm, text.yMm + line.yMm];
      canvas.text(font, line.text, line.sizeMm * POINTS_PER_MM, x * POINTS_PER_MM, y * POINTS_PER_MM);
    }
  }
  if (options.testMark) drawTestMark(canvas, font, options);
  return canvas.finish(widthMm, heightMm);
}

async function outlinesOf({ ink, inkOutlines }: SignatureAppearanceOptions): Promise<readonly InkOutline[]> {
  if (inkOutlines) return inkOutlines;
  return ink ? (await import('../ink/index.js')).inkOutlines(ink) : [];
}
