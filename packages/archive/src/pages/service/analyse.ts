import { AnjuanError, type ErrorCode, type PageEntry, type PageText } from '@anjuan/core';
import type { PagesSidecar } from '../../service/page-service.js';
import { widthsOnOffer } from '../geometry.js';
import { sniffMime, type SniffedMime } from '../sniff.js';
import type { MeasuredPages, PageTexts, SourceKey } from '../worker/protocol.js';
import { chunkCount, TEXT_CHUNK_PAGES } from './artefacts.js';
import type { PageMaker } from './page-maker.js';

/** Text of pages beyond this is read when somebody searches or selects it. */
const EAGER_TEXT_PAGES = 1000;

/** A stored file to look into. */
export interface SourceFile {
  readonly sha256: string;
  /** Type the sender declared. */
  readonly mime: string;
  readonly read: () => Promise<Uint8Array>;
  readonly signal?: AbortSignal;
}

/** What one file holds, apart from the document it belongs to. */
export type Analysis =
  | {
      readonly state: 'ready';
      readonly pages: readonly Omit<PageEntry, 'pageId'>[];
      readonly chunks: ReadonlyMap<number, readonly PageText[]>;
    }
  | { readonly state: 'failed'; readonly code: ErrorCode };

/** Codes that say something about the moment, not about the file. */
const passing: readonly ErrorCode[] = ['aborted', 'client-closed', 'integrity-mismatch', 'unexpected'];

/** Measures a file and reads its text. A broken file is a result, not an error. */
export async function analyse(maker: PageMaker, file: SourceFile): Promise<Analysis> {
  try {
    const bytes = await file.read();
    const source = { digest: file.sha256, mime: checkedMime(bytes, file.mime) };
    const options = { ...file, read: () => Promise.resolve(bytes), lane: 'background' } as const;
    const measured = await maker.run({ kind: 'measure', source }, options);
    const { chunks, kinds } = await readEagerTexts(maker, { source, pageCount: measured.pages.length, options });
    return { state: 'ready', pages: entries(measured, kinds, source.mime), chunks };
  } catch (error) {
    const { code } = AnjuanError.from(error);
    if (passing.includes(code)) throw error;
    return { state: 'failed', code: code === 'render-failed' ? 'pdf-malformed' : code };
  }
}

/** Page entries with ids that are unique in any record. */
export function pagesSidecar(analysis: Analysis, documentId: string): PagesSidecar {
  if (analysis.state === 'failed') return analysis;
  const pages = analysis.pages.map((page, index) => ({ pageId: `${documentId}.${String(index)}`, ...page }));
  return { state: 'ready', pages };
}

/** Throws `document-empty` and `document-unsupported`; a declared type that contradicts the bytes is not believed. */
export function checkedMime(bytes: Uint8Array, declared: string): SniffedMime {
  if (bytes.byteLength === 0) throw new AnjuanError('document-empty');
  const sniffed = sniffMime(bytes);
  const plain = declared.split(';')[0]?.trim().toLowerCase();
  const claim = plain === 'image/jpg' ? 'image/jpeg' : plain;
  if (sniffed && (sniffed === claim || claim === 'application/octet-stream')) return sniffed;
  // A PDF whose first bytes are damaged is a damaged PDF; the engine says so.
  throw new AnjuanError(
    claim === 'application/pdf' && !sniffed && looksLikePdf(bytes) ? 'pdf-malformed' : 'document-unsupported',
  );
}

function looksLikePdf(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  return /\d+ \d+ obj/.test(head);
}

function entries(
  { pages, naturalWidthPx }: MeasuredPages,
  kinds: readonly ('text' | 'scan')[],
  mime: SniffedMime,
): readonly Omit<PageEntry, 'pageId'>[] {
  return pages.map((page, index) => ({
    ...page,
    kind: mime === 'application/pdf' ? (kinds[index] ?? 'text') : 'image',
    widthsPx: widthsOnOffer(page, naturalWidthPx),
  }));
}

/** A file that costs this many chunks their text is not tried further: each failure may have taken a whole timeout. */
const MAX_FAILED_CHUNKS = 2;

interface EagerTexts {
  readonly chunks: ReadonlyMap<number, readonly PageText[]>;
  readonly kinds: readonly ('text' | 'scan')[];
}

/** Reads the text of the first pages; a chunk whose text cannot be read keeps its pages. */
async function readEagerTexts(
  maker: PageMaker,
  file: { readonly source: SourceKey; readonly pageCount: number; readonly options: Parameters<PageMaker['run']>[1] },
): Promise<EagerTexts> {
  const chunks = new Map<number, readonly PageText[]>();
  const kinds: ('text' | 'scan')[] = [];
  let failed = 0;
  for (let chunk = 0; chunk < chunkCount(Math.min(file.pageCount, EAGER_TEXT_PAGES)); chunk += 1) {
    const from = chunk * TEXT_CHUNK_PAGES;
    const to = Math.min(from + TEXT_CHUNK_PAGES, file.pageCount);
    const result = await (failed < MAX_FAILED_CHUNKS
      ? maker.run({ kind: 'text', source: file.source, from, to }, file.options).catch((error: unknown) => {
          if (passing.includes(AnjuanError.from(error).code)) throw error;
          failed += 1;
          return emptyText(from, to);
        })
      : emptyText(from, to));
    chunks.set(chunk, result.texts);
    kinds.push(...result.pageKinds);
  }
  return { chunks, kinds };
}

function emptyText(from: number, to: number): Pick<PageTexts, 'texts' | 'pageKinds'> {
  const indexes = Array.from({ length: to - from }, (_, index) => from + index);
  const texts = indexes.map((pageIndex) => ({ pageIndex, text: '', runs: [], source: 'none' as const }));
  return { texts, pageKinds: indexes.map(() => 'text' as const) };
}
