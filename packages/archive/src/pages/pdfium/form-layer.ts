import type { Pdfium } from './pdfium.js';

/** @source PDFium public/fpdf_formfill.h, FPDF_GetFormType */
const NO_FORM = 0;

/**
 * Fields of a form, signatures and seals among them: the engine draws them apart from other annotations. Nothing in the
 * file is run, fields are not highlighted.
 */
export class FormLayer {
  readonly #pdfium: Pdfium;
  readonly #info: number;
  readonly #form: number;

  private constructor(pdfium: Pdfium, document: number) {
    this.#pdfium = pdfium;
    this.#info = pdfium.api.PDFiumExt_OpenFormFillInfo();
    this.#form = pdfium.api.PDFiumExt_InitFormFillEnvironment(document, this.#info);
    if (this.#form !== 0) pdfium.api.FPDF_SetFormFieldHighlightAlpha(this.#form, 0);
  }

  /** Undefined for a document without a form. */
  static open(pdfium: Pdfium, document: number): FormLayer | undefined {
    return pdfium.api.FPDF_GetFormType(document) === NO_FORM ? undefined : new FormLayer(pdfium, document);
  }

  /** Draws the fields of a page over what the bitmap shows. */
  draw(bitmap: number, page: number, sizePx: readonly [widthPx: number, heightPx: number], flags: number): void {
    const { api } = this.#pdfium;
    if (this.#form === 0) return;
    api.FORM_OnAfterLoadPage(page, this.#form);
    api.FPDF_FFLDraw(this.#form, bitmap, page, 0, 0, ...sizePx, 0, flags);
    api.FORM_OnBeforeClosePage(page, this.#form);
  }

  /** Before its document is closed. */
  close(): void {
    const { api } = this.#pdfium;
    if (this.#form !== 0) api.PDFiumExt_ExitFormFillEnvironment(this.#form);
    api.PDFiumExt_CloseFormFillInfo(this.#info);
  }
}
