import { AnjuanError, PLAIN_ENGINE, type ArchiveClient, type RecordManifest, type TextHits } from '@anjuan/core';

/** One request for a record that a test answers by hand. */
export interface PendingOpen {
  readonly recordId: string;
  readonly signal: AbortSignal | undefined;
  answer(manifest: RecordManifest): void;
  fail(error: AnjuanError): void;
}

/** One search over a record's text that a test answers by hand. */
export interface PendingTextSearch {
  readonly query: string;
  readonly signal: AbortSignal | undefined;
  answer(found: TextHits): void;
  fail(error: AnjuanError): void;
}

/** A page as the page service would send it: a white sheet with a grey bar. */
async function sheet(widthPx: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(widthPx, Math.round(widthPx * 1.415));
  const context = canvas.getContext('2d');
  if (!context) throw new AnjuanError('render-failed');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#cccccc';
  context.fillRect(widthPx / 8, widthPx / 8, widthPx / 2, widthPx / 16);
  return canvas.convertToBlob({ type: 'image/jpeg' });
}

/** An archive whose records a test hands out; pages come as drawn sheets. */
export class StubArchive implements ArchiveClient {
  readonly baseUrl = 'https://archive.invalid/fhir';
  /** Requests for records, oldest first. */
  readonly opens: PendingOpen[] = [];
  /** Searches over the text of a record, oldest first. */
  readonly textSearches: PendingTextSearch[] = [];
  /** Whole files asked for. */
  readonly byteRequests: string[] = [];
  readonly #manifests: ReadonlyMap<string, RecordManifest>;

  /** Records given here open at once; others wait for the test. */
  constructor(...manifests: readonly RecordManifest[]) {
    this.#manifests = new Map(manifests.map((manifest) => [manifest.recordId, manifest]));
  }

  request(): Promise<never> {
    return Promise.reject(new AnjuanError('capability-missing'));
  }

  readonly records: ArchiveClient['records'] = {
    search: () => {
      throw new AnjuanError('capability-missing');
    },
    open: (recordId, options) => {
      const manifest = this.#manifests.get(recordId);
      if (manifest) return Promise.resolve(manifest);
      return new Promise((answer, fail) => {
        const signal = options?.signal;
        signal?.addEventListener('abort', () => fail(new AnjuanError('aborted')));
        this.opens.push({ recordId, signal, answer, fail });
      });
    },
    searchText: (_recordId, query, options) =>
      new Promise((answer, fail) => {
        const signal = options?.signal;
        signal?.addEventListener('abort', () => fail(new AnjuanError('aborted')));
        this.textSearches.push({ query, signal, answer, fail });
      }),
  };

  readonly documents: ArchiveClient['documents'] = {
    bytes: ({ documentId }) => {
      this.byteRequests.push(documentId);
      return Promise.reject(new AnjuanError('network-unreachable'));
    },
    openBytes: () => Promise.reject(new AnjuanError('document-not-found')),
    pageImage: (_ref, { widthPx }) => sheet(widthPx),
    pageText: (_ref, { pageIndex }) => Promise.resolve({ pageIndex, text: '', runs: [], source: 'none' }),
    versions: () => Promise.resolve([]),
  };

  capabilities(): ReturnType<ArchiveClient['capabilities']> {
    return Promise.resolve({ ...PLAIN_ENGINE, pageService: true });
  }

  close(): void {
    for (const open of this.opens) open.fail(new AnjuanError('client-closed'));
  }
}
