import type { PageText } from '@anjuan/core';
import type { PdfiumDocument } from '../pdfium/document.js';
import type { Pdfium } from '../pdfium/pdfium.js';
import { hasImage, renderPage } from '../pdfium/render.js';
import { readPageText } from '../pdfium/text.js';
import { encodePixels } from './jpeg.js';
import type { MeasuredPages, PageImages, PageTexts } from './protocol.js';

/** Thumbnails are scaled down from these pixels; wider renditions are drawn at their own size. */
const SHARED_WIDTH_PX = 1000;
/** Fewer characters than this on a page with a picture is a stamp or a page number, not text. */
const SCAN_MAX_CHARS = 4;

export function measurePdf(document: PdfiumDocument): MeasuredPages {
  const pages = Array.from({ length: document.pageCount }, (_, index) => document.geometry(index));
  return { kind: 'measure', pages };
}

export function readTexts(pdfium: Pdfium, document: PdfiumDocument, from: number, to: number): PageTexts {
  const texts: PageText[] = [];
  const pageKinds: ('text' | 'scan')[] = [];
  for (let pageIndex = from; pageIndex < Math.min(to, document.pageCount); pageIndex += 1) {
    const [text, kind] = readOne(pdfium, document, pageIndex);
    texts.push(text);
    pageKinds.push(kind);
  }
  return { kind: 'text', texts, pageKinds };
}

/** One damaged page has no text; its neighbours keep theirs. */
function readOne(pdfium: Pdfium, document: PdfiumDocument, pageIndex: number): [PageText, 'text' | 'scan'] {
  try {
    return document.withPage(pageIndex, (page) => {
      const text = readPageText(pdfium, page, pageIndex, document.geometry(pageIndex));
      const scan = text.text.length < SCAN_MAX_CHARS && hasImage(pdfium, page);
      return [text, scan ? 'scan' : 'text'];
    });
  } catch (error) {
    // An engine abort poisons the whole instance and must reach the pool.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    return [{ pageIndex, text: '', runs: [], source: 'none' }, 'text'];
  }
}

export async function renderPdf(
  pdfium: Pdfium,
  document: PdfiumDocument,
  pageIndex: number,
  widthsPx: readonly number[],
): Promise<PageImages> {
  const geometry = document.geometry(pageIndex);
  const drawnAt = (widthPx: number): number =>
    widthPx < SHARED_WIDTH_PX && widthsPx.includes(SHARED_WIDTH_PX) ? SHARED_WIDTH_PX : widthPx;
  const drawn = document.withPage(pageIndex, (page) => {
    const widths = new Set(widthsPx.map(drawnAt));
    const { form } = document;
    return new Map(Array.from(widths, (widthPx) => [widthPx, renderPage(pdfium, { page, geometry, widthPx, form })]));
  });
  const images: { widthPx: number; jpeg: Uint8Array }[] = [];
  for (const widthPx of widthsPx) {
    const pixels = drawn.get(drawnAt(widthPx));
    if (pixels) images.push({ widthPx, jpeg: await encodePixels(pixels, widthPx) });
  }
  return { kind: 'render', images };
}
