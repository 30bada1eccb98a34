import { AnjuanError } from '@anjuan/core';
import { heightForWidth, type PageGeometry } from '../geometry.js';
import type { FormLayer } from './form-layer.js';
import type { Pdfium } from './pdfium.js';

/** @source PDFium public/fpdfview.h */
const BGRA = 4;
const DRAW_ANNOTATIONS = 0x01;
const RGBA_ORDER = 0x10;
const WHITE = 0xffffffff;

export interface PagePixels {
  readonly rgba: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** An open page and how it is to be drawn. */
export interface PageDrawing {
  readonly page: number;
  readonly geometry: PageGeometry;
  readonly widthPx: number;
  /** Fields of the document's form, when it has one. */
  readonly form: FormLayer | undefined;
}

/** Draws an open page on white, upright as displayed. Throws `render-memory`. */
export function renderPage(pdfium: Pdfium, { page, geometry, widthPx, form }: PageDrawing): PagePixels {
  const { api } = pdfium;
  const heightPx = heightForWidth(geometry, widthPx);
  const bitmap = api.FPDFBitmap_CreateEx(widthPx, heightPx, BGRA, 0, 0);
  if (bitmap === 0) throw new AnjuanError('render-memory', { details: { widthPx, heightPx } });
  try {
    api.FPDFBitmap_FillRect(bitmap, 0, 0, widthPx, heightPx, WHITE);
    api.FPDF_RenderPageBitmap(bitmap, page, 0, 0, widthPx, heightPx, 0, DRAW_ANNOTATIONS | RGBA_ORDER);
    form?.draw(bitmap, page, [widthPx, heightPx], DRAW_ANNOTATIONS | RGBA_ORDER);
    const start = api.FPDFBitmap_GetBuffer(bitmap);
    return { rgba: pdfium.heap().slice(start, start + widthPx * heightPx * 4), widthPx, heightPx };
  } finally {
    api.FPDFBitmap_Destroy(bitmap);
  }
}

const IMAGE_OBJECT = 3;

/** True when the page draws at least one picture. */
export function hasImage(pdfium: Pdfium, page: number): boolean {
  const count = pdfium.api.FPDFPage_CountObjects(page);
  for (let index = 0; index < Math.min(count, 200); index += 1) {
    const object = pdfium.api.FPDFPage_GetObject(page, index);
    if (pdfium.api.FPDFPageObj_GetType(object) === IMAGE_OBJECT) return true;
  }
  return false;
}
