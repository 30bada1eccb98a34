import { AnjuanError, type PageText } from '@anjuan/core';
import type { BlobStore } from '../../blob/blob-store.js';
import type { PageService, PagesSidecar, PageSubject } from '../../service/page-service.js';
import type { Store } from '../../store/store.js';
import { analyse, pagesSidecar, type Analysis, type SourceFile } from './analyse.js';
import { chunkCount, chunkOfPage, PageArtefacts, TEXT_CHUNK_PAGES } from './artefacts.js';
import { Limiter } from './limiter.js';
import type { PageMaker } from './page-maker.js';
import { readBlob } from './read-blob.js';
import { RecordSearch } from './record-search.js';
import { Renditions } from './renditions.js';
import { SingleFlight } from './single-flight.js';
import { TextChunks } from './text-chunks.js';

/** Where the page service reads, and who makes what is missing. */
export interface PageServiceOptions {
  readonly store: Store;
  readonly blobs: BlobStore;
  /** Absent in a browser: the service shows what an ingest made, and makes nothing. */
  readonly maker?: PageMaker;
  /** Pages of each stored document that get their pictures at once. Default 2. */
  readonly warmPages?: number;
}

/** A page service that an ingest can drive and wait for. */
export interface ArchivePageService extends PageService {
  /** What a file holds. Asked again for the same bytes while it is at work or fresh, it answers from memory. */
  analyse(file: SourceFile): Promise<Analysis>;
  /** Measures a document and keeps pages and text beside it; does nothing when that was done. */
  prepare(subject: PageSubject): Promise<PagesSidecar | undefined>;
  /** Makes the small and middle pictures of the first `count` pages. */
  warm(subject: PageSubject, count: number): Promise<void>;
  /** Resolves when no background work is left. */
  idle(): Promise<void>;
}

/** Background documents at a time; their bytes are in memory meanwhile. */
const AT_ONCE = 3;
/** Analyses kept so that storing a document right after analysing it costs nothing. */
const FRESH = 8;

/** The page service over a store and its blobs: sizes, texts, pictures, search inside a record. */
export function createPageService({ store, blobs, maker, warmPages = 2 }: PageServiceOptions): ArchivePageService {
  const artefacts = new PageArtefacts(store);
  const renditions = new Renditions({ artefacts, blobs, maker });
  const texts = new TextChunks({ artefacts, blobs, maker });
  const analysing = new SingleFlight<Analysis>();
  const preparing = new SingleFlight<PagesSidecar | undefined>();
  const background = new SingleFlight<void>();
  const limiter = new Limiter(AT_ONCE);
  const fresh = new Map<string, Analysis>();

  const analyseOnce = async (file: SourceFile): Promise<Analysis> => {
    if (!maker) throw new AnjuanError('capability-missing');
    const key = `${file.sha256}/${file.mime}`;
    const known = fresh.get(key);
    if (known) return known;
    const result = await analysing.run(key, () => analyse(maker, file));
    fresh.set(key, result);
    for (const oldest of fresh.keys()) {
      if (fresh.size <= FRESH) break;
      fresh.delete(oldest);
    }
    return result;
  };

  const prepare = (subject: PageSubject): Promise<PagesSidecar | undefined> =>
    preparing.run(`${subject.documentId}/${subject.versionId}`, async () => {
      const known = await artefacts.pages(subject);
      if (known || !maker) return known;
      const read = () => readBlob(blobs, subject.blob.sha256);
      const analysis = await analyseOnce({ sha256: subject.blob.sha256, mime: subject.mime, read });
      const pages = pagesSidecar(analysis, subject.documentId);
      await artefacts.savePages(subject, pages, analysis.state === 'ready' ? analysis.chunks : new Map());
      return pages;
    });

  const warm = async (subject: PageSubject, count: number): Promise<void> => {
    const pages = await prepare(subject);
    if (pages?.state !== 'ready') return;
    for (let index = 0; index < Math.min(count, pages.pages.length); index += 1) await renditions.warm(subject, index);
  };

  const allTexts = async (subject: PageSubject, signal: AbortSignal | undefined): Promise<readonly PageText[]> => {
    const pages = await prepare(subject);
    if (pages?.state !== 'ready') return [];
    const all: PageText[] = [];
    for (let chunk = 0; chunk < chunkCount(pages.pages.length); chunk += 1) {
      if (signal?.aborted) throw new AnjuanError('aborted');
      all.push(...(await texts.chunk(subject, chunk, pages.pages.length)));
    }
    return all;
  };
  const search = new RecordSearch(allTexts);

  return {
    analyse: analyseOnce,
    prepare,
    warm,
    idle: () => background.idle(),
    async pageImage(subject, options) {
      await prepare(subject);
      return renditions.image(subject, options);
    },
    async pageText(subject, { pageIndex }) {
      const pages = await prepare(subject);
      if (pages?.state === 'failed') throw new AnjuanError(pages.code);
      if (!pages?.pages[pageIndex]) throw new AnjuanError('page-not-found', { details: { pageIndex } });
      const chunk = await texts.chunk(subject, chunkOfPage(pageIndex), pages.pages.length);
      return chunk[pageIndex % TEXT_CHUNK_PAGES] ?? { pageIndex, text: '', runs: [], source: 'none' };
    },
    searchText: (subjects, options) => search.search(subjects, options),
    onDocumentStored(subject) {
      if (!maker) return;
      // What fails here is tried again when somebody opens the page; then the error has a reader.
      void background
        .run(`${subject.documentId}/${subject.versionId}`, () => limiter.run(() => warm(subject, warmPages)))
        .catch(() => undefined);
    },
  };
}
