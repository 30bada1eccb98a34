import {
  AnjuanError,
  type ArchiveClient,
  type DocumentEntry,
  type PageEntry,
  type PageText,
  Scope,
  untilAborted,
} from '@anjuan/core';
import { addRotation, PAGE_SIDE_PT } from '../../layout/index.js';
import type { PageBitmap, PageSource, PageSourceFactory, RenderRequest } from '../page-source.js';
import { withSignals } from '../with-signals.js';
import { drawPdfPage } from './draw-page.js';
import type { PdfPageProxy } from './engine.js';
import { pdfError } from './pdf-errors.js';
import { openPdfFile, type PdfFile } from './pdf-file.js';
import { pageTextOf } from './pdf-text.js';

/**
 * Pages measured by opening them; the rest is corrected as they are drawn. In a file read by ranges each page costs
 * reads all over the file, so its first page speaks for the others.
 */
const MEASURED_PAGES = { whole: 256, ranges: 1 } as const;

export interface PdfSourceOptions {
  readonly client: ArchiveClient;
  readonly assetsUrl: string;
}

/** PDFs drawn from their original bytes by pdf.js in one shared worker. */
export function pdfSources({ client, assetsUrl }: PdfSourceOptions): PageSourceFactory {
  return {
    tier: 'vector',
    weight: 'heavy',
    accepts: (document) => /^application\/(?:x-)?pdf\b/i.test(document.mime),
    async open(document, { signal }) {
      const scope = new Scope();
      const abort = (): void => scope.dispose();
      signal.addEventListener('abort', abort, { once: true });
      try {
        const file = await openPdfFile(client, assetsUrl, document, scope);
        return new PdfSource(document, file, scope);
      } catch (error) {
        scope.dispose();
        throw pdfError(error);
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },
  };
}

class PdfSource implements PageSource {
  readonly tier = 'vector';
  readonly #document: DocumentEntry;
  readonly #file: PdfFile;
  readonly #scope: Scope;

  constructor(document: DocumentEntry, file: PdfFile, scope: Scope) {
    this.#document = document;
    this.#file = file;
    this.#scope = scope;
  }

  async pages({ signal }: { readonly signal: AbortSignal }): Promise<readonly PageEntry[]> {
    const { numPages } = this.#file.pdf;
    const most = MEASURED_PAGES[this.#file.whole ? 'whole' : 'ranges'];
    const measured = await Promise.all(
      Array.from({ length: Math.min(numPages, most) }, async (_, pageIndex) => {
        try {
          return this.#entry(pageIndex, await this.#page(pageIndex, signal));
        } catch (error) {
          // One damaged page must not hide the others: it shows its own error when it is drawn.
          if (signal.aborted || this.#scope.disposed || !AnjuanError.is(error, 'pdf-malformed')) throw error;
          return undefined;
        }
      }),
    );
    const usual = measured.find((entry) => entry !== undefined);
    if (usual === undefined) throw new AnjuanError('pdf-malformed');
    return Array.from({ length: numPages }, (_, pageIndex) => ({
      ...(measured[pageIndex] ?? usual),
      pageId: this.#pageId(pageIndex),
    }));
  }

  async render({ pageIndex, scale, signal }: RenderRequest): Promise<PageBitmap> {
    try {
      const page = await this.#page(pageIndex, signal);
      try {
        const drawing = withSignals([signal, this.#scope.signal], (both) => drawPdfPage(page, scale, both));
        const bitmap = await this.#guard(drawing, signal).catch((error: unknown) => {
          // Nobody takes a picture that is ready after the abort.
          drawing.then(
            (late) => late.close(),
            () => undefined,
          );
          throw error;
        });
        return { bitmap, scale, page: this.#entry(pageIndex, page) };
      } finally {
        page.cleanup();
      }
    } catch (error) {
      throw signal.aborted ? new AnjuanError('aborted', { cause: error }) : pdfError(error);
    }
  }

  async text({ pageIndex, signal }: { readonly pageIndex: number; readonly signal: AbortSignal }): Promise<PageText> {
    try {
      const page = await this.#page(pageIndex, signal);
      const content = await this.#guard(page.getTextContent(), signal);
      const { transform } = page.getViewport({ scale: 1 });
      return pageTextOf(pageIndex, content, transform as [number, number, number, number, number, number]);
    } catch (error) {
      throw pdfError(error);
    }
  }

  close(): void {
    this.#scope.dispose();
  }

  async #page(pageIndex: number, signal: AbortSignal): Promise<PdfPageProxy> {
    const { pdf } = this.#file;
    if (!Number.isInteger(pageIndex) || pageIndex < 0 || pageIndex >= pdf.numPages) {
      throw new AnjuanError('page-not-found', { details: { pageIndex, pageCount: pdf.numPages } });
    }
    try {
      return await this.#guard(pdf.getPage(pageIndex + 1), signal);
    } catch (error) {
      const mapped = pdfError(error);
      throw mapped.code === 'render-failed' ? new AnjuanError('pdf-malformed', { cause: error }) : mapped;
    }
  }

  /** Ends with the signal, with the file's bytes, or with the source, whichever comes first. */
  #guard<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
    promise.catch(() => undefined);
    return withSignals([signal, this.#scope.signal], (both) =>
      untilAborted(Promise.race([promise, this.#file.failed]), both),
    );
  }

  #pageId(pageIndex: number): string {
    return this.#document.pages[pageIndex]?.pageId ?? `${this.#document.documentId}-p${pageIndex + 1}`;
  }

  #entry(pageIndex: number, page: PdfPageProxy): PageEntry {
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
    const known = this.#document.pages[pageIndex];
    return {
      pageId: this.#pageId(pageIndex),
      widthPt: side((right - left) * page.userUnit),
      heightPt: side((top - bottom) * page.userUnit),
      rotationDeg: addRotation(0, page.rotate),
      kind: known?.kind ?? 'text',
      widthsPx: known?.widthsPx ?? [],
    };
  }
}

function side(lengthPt: number): number {
  return Math.min(PAGE_SIDE_PT.max, Math.max(PAGE_SIDE_PT.min, Math.abs(lengthPt) || PAGE_SIDE_PT.min));
}
