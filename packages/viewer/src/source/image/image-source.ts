import { AnjuanError, type ArchiveClient, type DocumentEntry, type PageEntry, type PageText } from '@anjuan/core';
import { decodePicture } from '../decode-picture.js';
import { fileKind } from '../file-kind.js';
import type { PageBitmap, PageSource, PageSourceFactory, RenderRequest } from '../page-source.js';
import { withSignals } from '../with-signals.js';

const MIMES: readonly string[] = ['image/jpeg', 'image/png'];
/** Files say nothing reliable about paper size: 96 px an inch, at most as long as A4. */
const PT_PER_PX = 72 / 96;
const LONGEST_PT = 842;
/** Decoded pixels above which a picture would not fit any budget. */
const MAX_PIXELS = 120_000_000;

/** JPEG and PNG files, one page each, from their original bytes. */
export function imageSources(client: ArchiveClient): PageSourceFactory {
  return {
    tier: 'vector',
    accepts: (document) => MIMES.includes(document.mime.toLowerCase()),
    open: (document, { signal }) => openImage(client, document, signal),
  };
}

async function openImage(client: ArchiveClient, document: DocumentEntry, signal: AbortSignal): Promise<PageSource> {
  const blob = await client.documents.bytes(document, {
    signal,
    ...(document.digest === undefined ? {} : { digest: document.digest }),
  });
  if (blob.size === 0) throw new AnjuanError('document-empty');
  const kind = fileKind(new Uint8Array(await blob.slice(0, 1024).arrayBuffer()));
  if (kind === 'pdf' || kind === 'markup') throw new AnjuanError('document-unsupported');
  const bitmap = await decodePicture(blob, signal);
  const sizePx = { width: bitmap.width, height: bitmap.height };
  bitmap.close();
  if (sizePx.width * sizePx.height > MAX_PIXELS) throw new AnjuanError('render-memory', { details: sizePx });
  return new ImageSource(document, blob, sizePx);
}

class ImageSource implements PageSource {
  readonly tier = 'vector';
  readonly #document: DocumentEntry;
  readonly #page: PageEntry;
  readonly #widthPx: number;
  readonly #closing = new AbortController();
  #blob: Blob | undefined;

  constructor(document: DocumentEntry, blob: Blob, sizePx: { readonly width: number; readonly height: number }) {
    this.#document = document;
    this.#blob = blob;
    this.#widthPx = sizePx.width;
    const perPx = Math.min(PT_PER_PX, LONGEST_PT / Math.max(sizePx.width, sizePx.height));
    this.#page = document.pages[0] ?? {
      pageId: `${document.documentId}-p1`,
      widthPt: sizePx.width * perPx,
      heightPt: sizePx.height * perPx,
      rotationDeg: 0,
      kind: 'image',
      widthsPx: [],
    };
  }

  pages(): Promise<readonly PageEntry[]> {
    return Promise.resolve([this.#page]);
  }

  async render({ pageIndex, scale, signal }: RenderRequest): Promise<PageBitmap> {
    this.#check(pageIndex);
    const blob = this.#blob;
    if (blob === undefined) throw new AnjuanError('aborted');
    const full = await withSignals([signal, this.#closing.signal], (both) => decodePicture(blob, both));
    const upright = this.#page.rotationDeg % 180 === 0;
    const widthPt = upright ? this.#page.widthPt : this.#page.heightPt;
    const wantedPx = Math.ceil(scale * widthPt);
    // Far larger than needed: keep a smaller copy, so that the cache holds many pages.
    if (wantedPx * 1.5 >= this.#widthPx) return { bitmap: full, scale: full.width / widthPt };
    try {
      const bitmap = await createImageBitmap(full, { resizeWidth: Math.max(1, wantedPx), resizeQuality: 'medium' });
      return { bitmap, scale: bitmap.width / widthPt };
    } finally {
      full.close();
    }
  }

  async text({ pageIndex }: { readonly pageIndex: number; readonly signal: AbortSignal }): Promise<PageText> {
    this.#check(pageIndex);
    return { pageIndex, text: '', runs: [], source: 'none' };
  }

  close(): void {
    this.#closing.abort();
    this.#blob = undefined;
  }

  #check(pageIndex: number): void {
    if (pageIndex === 0) return;
    throw new AnjuanError('page-not-found', { details: { pageIndex, pageCount: this.#document.pages.length || 1 } });
  }
}
