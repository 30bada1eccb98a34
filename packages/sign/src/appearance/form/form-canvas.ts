import { pdfDict, pdfName, type NewObject, type PdfObject, type PdfRef } from '../../pdf/objects.js';
import { POINTS_PER_MM, type FormAppearance } from '../appearance.js';
import { EmbeddedFont } from '../font/embedded-font.js';
import type { PathStep, SignatureFont } from '../font/signature-font.js';
import { newStream } from './new-stream.js';

/** A number as PDF writes it: no exponent, at most four decimals. */
export const decimal = (value: number): string => String(Number(value.toFixed(4)) || 0);
const numbers = (...values: readonly number[]): string => values.map(decimal).join(' ');

/** A transformation as in PDF: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Collects the operators and resources of a Form XObject. Unit: points. @source ISO 32000-2 8.10 */
export class FormCanvas {
  readonly #parts: NewObject[] = [];
  readonly #operators: string[] = [];
  readonly #resources = { Font: {}, XObject: {}, ExtGState: {} } as Record<string, Record<string, PdfObject>>;
  #font: EmbeddedFont | undefined;

  /** An indirect object that comes along. */
  add(object: NewObject): PdfRef {
    this.#parts.push(object);
    return { type: 'ref', number: -this.#parts.length, generation: 0 };
  }

  operator(...text: readonly string[]): void {
    this.#operators.push(...text);
  }

  /** Draws inside a saved graphics state, transformed. */
  within(matrix: Matrix, draw: () => void): void {
    this.operator('q', `${numbers(...matrix)} cm`);
    draw();
    this.operator('Q');
  }

  /** Blend mode and opacity for what follows. @source ISO 32000-2 11.6.3; PDF/A-2 permits both */
  blend(state: { readonly mode?: 'Multiply'; readonly opacity?: number }): void {
    const { mode, opacity } = state;
    const entries = { ...(mode && { BM: pdfName(mode) }), ...(opacity !== undefined && { ca: opacity, CA: opacity }) };
    this.operator(`/${this.#name('ExtGState', 'G', pdfDict({ Type: pdfName('ExtGState'), ...entries }))} gs`);
  }

  /** Paints a form or image. */
  paint(xobject: PdfRef): void {
    this.operator(`/${this.#name('XObject', 'X', xobject)} Do`);
  }

  color([red, green, blue]: readonly [number, number, number]): void {
    const rgb = numbers(red / 255, green / 255, blue / 255);
    this.operator(`${rgb} rg ${rgb} RG`);
  }

  /** Builds a path; `paint` is its operator, empty when more of the path follows. */
  path(steps: readonly PathStep[], paint: string): void {
    const operators = { M: 'm', L: 'l', C: 'c', Z: 'h' } as const;
    for (const [kind, ...ends] of steps) this.operator(`${numbers(...ends)} ${operators[kind]}`.trim());
    if (paint !== '') this.operator(paint);
  }

  /** The font of all texts of this drawing. */
  font(font: SignatureFont): EmbeddedFont {
    return (this.#font ??= new EmbeddedFont(font));
  }

  /** One line of text from its baseline. */
  text(font: SignatureFont, text: string, sizePt: number, x: number, y: number): void {
    if (text === '') return;
    const codes = this.font(font).encode(text);
    this.operator(`BT /F0 ${decimal(sizePt)} Tf ${numbers(x, y)} Td ${codes} Tj ET`);
  }

  async finish(widthMm: number, heightMm: number): Promise<FormAppearance> {
    const widthPt = Number((widthMm * POINTS_PER_MM).toFixed(3));
    const heightPt = Number((heightMm * POINTS_PER_MM).toFixed(3));
    const font = await this.#font?.write((object) => this.add(object));
    if (font) this.#resources['Font'] = { F0: font };
    const used = Object.entries(this.#resources).filter(([, entries]) => Object.keys(entries).length > 0);
    const form = await newStream(
      {
        Type: pdfName('XObject'),
        Subtype: pdfName('Form'),
        BBox: [0, 0, widthPt, heightPt],
        Resources: pdfDict(Object.fromEntries(used.map(([kind, entries]) => [kind, pdfDict(entries)]))),
      },
      new TextEncoder().encode(this.#operators.join('\n')),
    );
    return { widthPt, heightPt, form, parts: this.#parts };
  }

  #name(kind: 'XObject' | 'ExtGState', prefix: string, object: PdfObject): string {
    const entries = this.#resources[kind] ?? {};
    const name = `${prefix}${Object.keys(entries).length}`;
    entries[name] = object;
    return name;
  }
}
