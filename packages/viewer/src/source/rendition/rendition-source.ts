import {
  AnjuanError,
  untilAborted,
  type ArchiveClient,
  type DocumentEntry,
  type PageEntry,
  type PageText,
} from '@anjuan/core';
import { decodePicture } from '../decode-picture.js';
import type { PageBitmap, PageSource, PageSourceFactory, RenderRequest } from '../page-source.js';
import { withSignals } from '../with-signals.js';
import { fileWidthPt, renditionWidth } from './ladder.js';

/** Pages as JPEG from the archive's page service: one request and one native decode a page. */
export function renditionSources(client: ArchiveClient): PageSourceFactory {
  return {
    tier: 'rendition',
    weight: 'light',
    accepts: (document) => document.pages.some((page) => page.widthsPx.length > 0),
    open: (document) => Promise.resolve(new RenditionSource(client, document)),
  };
}

class RenditionSource implements PageSource {
  readonly tier = 'rendition';
  readonly #client: ArchiveClient;
  readonly #document: DocumentEntry;
  readonly #closing = new AbortController();

  constructor(client: ArchiveClient, document: DocumentEntry) {
    this.#client = client;
    this.#document = document;
  }

  pages(): Promise<readonly PageEntry[]> {
    return Promise.resolve(this.#document.pages);
  }

  async render({ pageIndex, scale, lane, signal }: RenderRequest): Promise<PageBitmap> {
    const page = this.#page(pageIndex);
    const widthPt = fileWidthPt(page);
    const widthPx = renditionWidth(page.widthsPx, scale * widthPt);
    return withSignals([signal, this.#closing.signal], async (both) => {
      const options = { pageIndex, widthPx, lane, signal: both };
      const blob = await untilAborted(this.#client.documents.pageImage(this.#document, options), both);
      const bitmap = await decodePicture(blob, both);
      return { bitmap, scale: bitmap.width / widthPt };
    });
  }

  async text({ pageIndex, signal }: { readonly pageIndex: number; readonly signal: AbortSignal }): Promise<PageText> {
    this.#page(pageIndex);
    return withSignals([signal, this.#closing.signal], (both) =>
      this.#client.documents.pageText(this.#document, { pageIndex, lane: 'ahead', signal: both }),
    );
  }

  close(): void {
    this.#closing.abort();
  }

  #page(pageIndex: number): PageEntry {
    const page = this.#document.pages[pageIndex];
    if (page === undefined || page.widthsPx.length === 0) {
      throw new AnjuanError('page-not-found', { details: { pageIndex, pageCount: this.#document.pages.length } });
    }
    return page;
  }
}
