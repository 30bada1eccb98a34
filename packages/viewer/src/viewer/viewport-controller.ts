import { AnjuanError, type ArchiveClient, type RecordManifest, type Telemetry } from '@anjuan/core';
import { turnedPoint } from '../search/hit-places.js';
import type { RecordViewport } from '../viewport/record-viewport.js';
import type {
  PageAddress,
  PagePoint,
  PageRotated,
  PageShown,
  RecordViewportApi,
  ViewportPosition,
  ViewportTemplates,
  Zoom,
} from '../viewport/types.js';
import { readingParts } from './load-reading-parts.js';
import { localStorageIfAllowed } from './safe-storage.js';
import type { OpenTarget, ViewerSource } from './viewer-attributes.js';

/** What the reader's place and the pages' state mean to the element. */
export interface ViewportHost {
  onPosition(position: ViewportPosition): void;
  onPageShown(shown: PageShown): void;
  onZoom(zoom: { readonly zoom: Zoom; readonly factor: number }): void;
  onRotated(): void;
  /** More pages are known now. */
  onMeasured(): void;
  onFailure(error: AnjuanError): void;
}

export interface MountOptions {
  readonly container: HTMLElement;
  readonly client: ArchiveClient;
  readonly assetsUrl: string;
  readonly manifest: RecordManifest;
  readonly templates: ViewportTemplates;
  readonly source: ViewerSource;
  readonly headerHeightPx: number;
  readonly telemetry?: Telemetry;
}

/** Where to go; `anchor` is a point of the page as the file has it. */
export type Place = Omit<OpenTarget, 'recordId'> & { readonly anchor?: PagePoint };

/** Owns the viewport of the open record, from its first layout to its release. */
export class ViewportController {
  readonly #host: ViewportHost;
  #viewport: RecordViewport | undefined;
  #manifest: RecordManifest | undefined;
  #travel: AbortController | undefined;
  #rotations: PageRotated['rotations'] = [];
  /** Survives records: a reader who fits the page wants the next record so, too. */
  #zoom: Zoom = 'fit-width';

  constructor(host: ViewportHost) {
    this.#host = host;
  }

  get current(): RecordViewportApi | undefined {
    return this.#viewport;
  }

  get manifest(): RecordManifest | undefined {
    return this.#manifest;
  }

  mount(options: MountOptions): RecordViewportApi {
    this.release();
    const { manifest, client, assetsUrl } = options;
    const { RecordViewport, RotationMemory, sourcesFor } = readingParts();
    const memory = new RotationMemory(localStorageIfAllowed());
    this.#manifest = manifest;
    this.#rotations = memory.load(manifest.recordId, manifest.documents);
    const viewport = new RecordViewport({
      container: options.container,
      client,
      assetsUrl,
      documents: manifest.documents,
      templates: options.templates,
      zoom: this.#zoom,
      rotations: this.#rotations,
      headerHeightPx: options.headerHeightPx,
      sources: sourcesFor(options.source, { client, assetsUrl }),
      ...(options.telemetry === undefined ? {} : { telemetry: options.telemetry }),
      callbacks: {
        onPosition: (position) => this.#host.onPosition(position),
        onPageShown: (shown) => this.#host.onPageShown(shown),
        onZoom: (zoom) => {
          this.#zoom = zoom.zoom;
          this.#host.onZoom(zoom);
        },
        onRotation: ({ rotations }) => {
          this.#rotations = rotations;
          memory.save(manifest.recordId, rotations);
          this.#host.onRotated();
        },
        onDocumentMeasured: () => this.#host.onMeasured(),
        onPageError: ({ error }) => this.#host.onFailure(error),
        onDocumentError: ({ error }) => this.#host.onFailure(error),
      },
    });
    this.#viewport = viewport;
    return viewport;
  }

  release(): void {
    this.#travel?.abort();
    this.#travel = undefined;
    this.#viewport?.dispose();
    this.#viewport = undefined;
    this.#manifest = undefined;
  }

  /** The document and page being read, to come back to. */
  place(): Omit<OpenTarget, 'recordId'> {
    const position = this.#viewport?.position;
    const document = position && this.#viewport?.documents[position.documentIndex];
    if (!document) return {};
    return { documentId: document.documentId, pageNumber: (position.pageInDocument ?? 0) + 1 };
  }

  /** Goes to a deep link. Errors: `document-not-found`, `page-not-found`, `pdf-*`; a newer call aborts the older. */
  async goTo(target: Place): Promise<void> {
    this.#travel?.abort();
    const travel = new AbortController();
    this.#travel = travel;
    const viewport = this.#viewport;
    if (!viewport) return;
    const { documentId, pageNumber, anchor } = target;
    if (documentId === undefined) {
      if (pageNumber !== undefined) viewport.goToPage(pageNumber - 1);
      return;
    }
    const documentIndex = viewport.documents.findIndex((document) => document.documentId === documentId);
    const document = viewport.documents[documentIndex];
    if (!document) throw new AnjuanError('document-not-found');
    if (document.state === 'broken' || document.state === 'locked') return viewport.goToDocument(documentIndex);
    if (pageNumber === undefined) return reachDocument(viewport, documentIndex, travel.signal);
    const address: PageAddress = { documentId, pageInDocument: pageNumber - 1 };
    const turned = this.#rotations.find(
      (one) => one.documentId === documentId && one.pageInDocument === pageNumber - 1,
    );
    await viewport.goToAddress(address, {
      signal: travel.signal,
      ...(anchor && { anchor: turnedPoint(anchor, turned?.rotationDeg ?? 0) }),
    });
  }
}

/** Sizes on the way to a document, and its own, may be guesses yet: it stays the goal until its pages are known. */
async function reachDocument(viewport: RecordViewportApi, documentIndex: number, signal: AbortSignal): Promise<void> {
  viewport.goToDocument(documentIndex);
  const document = viewport.documents[documentIndex];
  if (document?.state !== 'unmeasured') return;
  try {
    await viewport.goToAddress({ documentId: document.documentId, pageInDocument: 0 }, { signal });
  } catch (error) {
    if (AnjuanError.is(error, 'aborted')) throw error;
    // What stands in its place says why.
    viewport.goToDocument(documentIndex);
  }
}
