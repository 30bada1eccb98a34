import { AnjuanError, type ErrorCode } from '@anjuan/core';
import { rotationOf, sidePt, type PageGeometry } from '../geometry.js';
import { FormLayer } from './form-layer.js';
import type { Pdfium } from './pdfium.js';

/** More pages than any volume; beyond it the file is an accident or an attack. */
export const MAX_PAGES = 20_000;

/** @source PDFium public/fpdfview.h, FPDF_GetLastError */
const openErrors: Readonly<Record<number, ErrorCode>> = { 4: 'pdf-encrypted', 5: 'pdf-encrypted' };

/** One open PDF in the engine's memory. Close it, or it stays there. */
export class PdfiumDocument {
  readonly #pdfium: Pdfium;
  readonly #bytes: number;
  readonly #handle: number;
  readonly pageCount: number;
  #form: FormLayer | undefined;

  /** Throws `pdf-malformed`, `pdf-encrypted`, `pdf-too-large`, `document-empty`. */
  constructor(pdfium: Pdfium, bytes: Uint8Array) {
    this.#pdfium = pdfium;
    this.#bytes = pdfium.allocate(bytes.byteLength);
    if (this.#bytes === 0) throw new AnjuanError('pdf-too-large');
    pdfium.heap().set(bytes, this.#bytes);
    this.#handle = pdfium.api.FPDF_LoadMemDocument(this.#bytes, bytes.byteLength, '');
    this.pageCount = this.#handle === 0 ? 0 : pdfium.api.FPDF_GetPageCount(this.#handle);
    const problem = this.#problem(bytes);
    if (!problem) return;
    this.close();
    throw new AnjuanError(problem);
  }

  #problem(bytes: Uint8Array): ErrorCode | undefined {
    const { api } = this.#pdfium;
    if (this.#handle === 0) return openErrors[api.FPDF_GetLastError()] ?? 'pdf-malformed';
    if (!api.FPDF_DocumentHasValidCrossReferenceTable(this.#handle) && !hasEnd(bytes)) return 'pdf-malformed';
    if (this.pageCount > MAX_PAGES) return 'pdf-too-large';
    return this.pageCount > 0 ? undefined : 'document-empty';
  }

  /** Size of a page without parsing its content. */
  geometry(pageIndex: number): PageGeometry {
    const { api } = this.#pdfium;
    const size = this.#pdfium.floats(2, (out) => api.FPDF_GetPageSizeByIndexF(this.#handle, pageIndex, out));
    const [width = 0, height = 0] = size ?? [];
    // PDFium answers with the page as displayed; pages that it cannot size get A4.
    const rotationDeg = rotationOf(api.EPDF_GetPageRotationByIndex(this.#handle, pageIndex));
    const known = width > 0 && height > 0;
    const widthPt = sidePt(known ? width : 595.28);
    const heightPt = sidePt(known ? height : 841.89);
    const turned = rotationDeg === 90 || rotationDeg === 270;
    return turned ? { widthPt: heightPt, heightPt: widthPt, rotationDeg } : { widthPt, heightPt, rotationDeg };
  }

  /** Runs `use` with an open page and closes it. Throws `render-failed` when the page cannot be loaded. */
  withPage<T>(pageIndex: number, use: (page: number) => T): T {
    const page = this.#pdfium.api.FPDF_LoadPage(this.#handle, pageIndex);
    if (page === 0) throw new AnjuanError('render-failed', { details: { pageIndex } });
    try {
      return use(page);
    } finally {
      this.#pdfium.api.FPDF_ClosePage(page);
    }
  }

  /** Fields of its form; opened when a page is first drawn. */
  get form(): FormLayer | undefined {
    return (this.#form ??= FormLayer.open(this.#pdfium, this.#handle));
  }

  close(): void {
    this.#form?.close();
    if (this.#handle !== 0) this.#pdfium.api.FPDF_CloseDocument(this.#handle);
    this.#pdfium.release(this.#bytes);
  }
}

/** The engine repairs what it can, also a file that lost its second half: without an end mark the repair is not trusted. */
function hasEnd(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(-2048)).includes('%%EOF');
}
