import type { DocumentVersionRef, PageText } from '@anjuan/core';
import type { Json } from '../../fhir/json.js';
import { PAGES_SIDECAR, type PagesSidecar } from '../../service/page-service.js';
import type { Store, StoreCall, StoreTransaction } from '../../store/store.js';

/** Pages whose text shares one sidecar: one read serves a screenful and its neighbours. */
export const TEXT_CHUNK_PAGES = 16;

const textKind = (chunk: number): string => `text/${String(chunk)}`;
const imageKind = (pageIndex: number, widthPx: number): string => `image/${String(pageIndex)}/${String(widthPx)}`;
const keyOf = ({ documentId, versionId }: DocumentVersionRef, kind: string) => ({ documentId, versionId, kind });

export function chunkOfPage(pageIndex: number): number {
  return Math.floor(pageIndex / TEXT_CHUNK_PAGES);
}

export function chunkCount(pageCount: number): number {
  return Math.ceil(pageCount / TEXT_CHUNK_PAGES);
}

/** What the page service keeps beside a document version: page entries, text by chunk, addresses of renditions. */
export class PageArtefacts {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async pages(ref: DocumentVersionRef, call?: StoreCall): Promise<PagesSidecar | undefined> {
    // Written by this class only, so the shape is known.
    return (await this.#store.sidecar(keyOf(ref, PAGES_SIDECAR), call)) as PagesSidecar | undefined;
  }

  async text(ref: DocumentVersionRef, chunk: number, call?: StoreCall): Promise<readonly PageText[] | undefined> {
    return (await this.#store.sidecar(keyOf(ref, textKind(chunk)), call)) as readonly PageText[] | undefined;
  }

  /** SHA-256 of a rendition in the blob store. */
  async image(
    ref: DocumentVersionRef,
    pageIndex: number,
    widthPx: number,
    call?: StoreCall,
  ): Promise<string | undefined> {
    const body = await this.#store.sidecar(keyOf(ref, imageKind(pageIndex, widthPx)), call);
    return typeof body === 'string' ? body : undefined;
  }

  async savePages(
    ref: DocumentVersionRef,
    pages: PagesSidecar,
    chunks: ReadonlyMap<number, readonly PageText[]>,
  ): Promise<void> {
    await this.#store.transaction(async (tx) => {
      for (const [chunk, texts] of chunks) await put(tx, ref, textKind(chunk), texts);
      await put(tx, ref, PAGES_SIDECAR, pages);
    });
  }

  async saveText(ref: DocumentVersionRef, chunk: number, texts: readonly PageText[]): Promise<void> {
    await this.#store.transaction((tx) => put(tx, ref, textKind(chunk), texts));
  }

  async saveImages(
    ref: DocumentVersionRef,
    images: readonly { readonly pageIndex: number; readonly widthPx: number; readonly sha256: string }[],
  ): Promise<void> {
    await this.#store.transaction(async (tx) => {
      for (const { pageIndex, widthPx, sha256 } of images) await put(tx, ref, imageKind(pageIndex, widthPx), sha256);
    });
  }
}

function put(tx: StoreTransaction, ref: DocumentVersionRef, kind: string, body: unknown): Promise<void> {
  return tx.putSidecar({ ...keyOf(ref, kind), body: body as Json });
}
