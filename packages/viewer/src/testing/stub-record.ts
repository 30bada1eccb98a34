import {
  AnjuanError,
  type ArchiveClient,
  type ByteSource,
  type CallOptions,
  type DocumentEntry,
  type PageEntry,
  type PageText,
  PLAIN_ENGINE,
} from '@anjuan/core';

/** Files and pictures of a client that lives in the page; every call is counted. */
export interface StubFiles {
  /** Bytes by document id. */
  readonly bytes?: ReadonlyMap<string, Uint8Array>;
  /** Picture of a page; default: a colour that says which page it is. */
  readonly picture?: (documentId: string, pageIndex: number, widthPx: number) => Promise<Blob>;
  readonly text?: (documentId: string, pageIndex: number) => PageText;
  /** Runs before every answer: wait, or throw to fail. */
  readonly before?: (call: StubCall, signal: AbortSignal | undefined) => Promise<void> | void;
  /** False: the archive serves whole files only. */
  readonly ranges?: boolean;
}

export interface StubCall {
  readonly kind: 'bytes' | 'open' | 'read' | 'image' | 'text';
  readonly documentId: string;
  readonly pageIndex?: number;
  readonly widthPx?: number;
  readonly lane?: string;
}

export interface StubClient extends ArchiveClient {
  readonly calls: StubCall[];
  readonly aborted: StubCall[];
}

export function stubClient(files: StubFiles = {}): StubClient {
  const calls: StubCall[] = [];
  const aborted: StubCall[] = [];
  const bytesOf = (documentId: string): Uint8Array => {
    const bytes = files.bytes?.get(documentId);
    if (bytes === undefined) throw new AnjuanError('document-not-found');
    return bytes;
  };
  const answer = async <T>(
    call: StubCall,
    options: CallOptions | undefined,
    work: () => T | Promise<T>,
  ): Promise<T> => {
    calls.push({ ...call, ...(options?.lane === undefined ? {} : { lane: options.lane }) });
    const signal = options?.signal;
    signal?.addEventListener('abort', () => aborted.push(call), { once: true });
    await files.before?.(call, signal);
    await Promise.resolve();
    if (signal?.aborted) throw new AnjuanError('aborted');
    return work();
  };
  return {
    baseUrl: 'https://archive.invalid/fhir',
    calls,
    aborted,
    capabilities: () => Promise.resolve(PLAIN_ENGINE),
    request: () => Promise.reject(new AnjuanError('capability-missing')),
    close: () => undefined,
    records: {
      open: () => Promise.reject(new AnjuanError('record-not-found')),
      search: () => {
        throw new AnjuanError('capability-missing');
      },
      searchText: () => Promise.reject(new AnjuanError('capability-missing')),
    },
    documents: {
      bytes: ({ documentId }, options) =>
        answer({ kind: 'bytes', documentId }, options, () => new Blob([bytesOf(documentId).slice()])),
      openBytes: ({ documentId }, options) =>
        answer({ kind: 'open', documentId }, options, (): ByteSource => {
          const bytes = bytesOf(documentId);
          return {
            sizeBytes: bytes.byteLength,
            ranges: files.ranges ?? true,
            read: ({ start, end }, readOptions) =>
              answer({ kind: 'read', documentId }, readOptions, () => bytes.slice(start, end)),
          };
        }),
      pageImage: ({ documentId }, { pageIndex, widthPx, ...options }) =>
        answer({ kind: 'image', documentId, pageIndex, widthPx }, options, () =>
          (files.picture ?? colourPicture)(documentId, pageIndex, widthPx),
        ),
      pageText: ({ documentId }, { pageIndex, ...options }) =>
        answer({ kind: 'text', documentId, pageIndex }, options, () =>
          files.text ? files.text(documentId, pageIndex) : { pageIndex, text: '', runs: [], source: 'none' as const },
        ),
      versions: () => Promise.resolve([]),
    },
  };
}

/** A colour that tells a page from all its neighbours. */
export function pageColour(documentId: string, pageIndex: number): [number, number, number] {
  let hash = 7;
  for (const char of documentId) hash = (hash * 31 + char.charCodeAt(0)) % 65_521;
  return [40 + ((hash + pageIndex * 53) % 8) * 25, 40 + ((hash + pageIndex * 29) % 7) * 28, 40 + (pageIndex % 9) * 22];
}

/** Upper half in the page's colour, lower half white: orientation shows. Height is that of A4. */
export async function colourPicture(documentId: string, pageIndex: number, widthPx: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(widthPx, Math.round((widthPx * 842) / 595));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = `rgb(${pageColour(documentId, pageIndex).join(' ')})`;
  context.fillRect(0, 0, canvas.width, canvas.height / 2);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
}

export function stubPage(pageId: string, page: Partial<PageEntry> = {}): PageEntry {
  return {
    pageId,
    widthPt: 595,
    heightPt: 842,
    rotationDeg: 0,
    kind: 'text',
    widthsPx: [160, 480, 1000, 1600],
    ...page,
  };
}

/** `ready` when `pages` is given (a count or entries), else `unmeasured`. */
export function stubDocument(
  documentId: string,
  options: { pages?: number | readonly PageEntry[]; mime?: string; title?: string } = {},
): DocumentEntry {
  const { pages } = options;
  const header = {
    documentId,
    versionId: '1',
    type: { code: 'C0034', display: '检验报告' },
    category: { code: 'lab', display: '检验' },
    title: options.title ?? documentId,
    dateTime: '2026-03-04T09:12:00+08:00',
    author: '',
    mime: options.mime ?? 'application/pdf',
    sizeBytes: 1000,
    labels: ['N'],
  };
  if (pages === undefined) return { ...header, state: 'unmeasured', pages: [] };
  const entries =
    typeof pages === 'number' ? Array.from({ length: pages }, (_, i) => stubPage(`${documentId}-${i + 1}`)) : pages;
  return { ...header, state: 'ready', pages: entries };
}
