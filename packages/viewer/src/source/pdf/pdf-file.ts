import { AnjuanError, untilAborted, type ArchiveClient, type DocumentEntry, type Scope } from '@anjuan/core';
import { fileKind } from '../file-kind.js';
import { BLOCK_BYTES, ByteReader, WHOLE_FILE_BYTES } from './byte-reader.js';
import type { PdfDocumentProxy } from './engine.js';
import { pdfError } from './pdf-errors.js';
import { acquirePdfRuntime, type PdfRuntime } from './pdf-worker.js';

/** Nobody reads more pages than this in one document; a larger count is an attack or damage. */
const MAX_PAGES = 100_000;
const HEAD_BYTES = 16 * 1024;
/** Holds the cross-reference table of most files. */
const TAIL_BYTES = 64 * 1024;

/** One open PDF. `failed` rejects when its bytes stop coming; everything under way then fails with that error. */
export interface PdfFile {
  readonly pdf: PdfDocumentProxy;
  readonly runtime: PdfRuntime;
  readonly failed: Promise<never>;
  /** All bytes are in memory. */
  readonly whole: boolean;
}

/** Opens a PDF by ranges, or whole when it is small. Errors: `document-*`, `pdf-*`, `worker-blocked`, `assets-missing`. */
export async function openPdfFile(
  client: ArchiveClient,
  assetsUrl: string,
  entry: DocumentEntry,
  scope: Scope,
): Promise<PdfFile> {
  const { runtime: starting, release } = acquirePdfRuntime(assetsUrl);
  scope.defer(release);
  starting.catch(() => undefined);
  const headBytes = entry.sizeBytes > 0 && entry.sizeBytes <= WHOLE_FILE_BYTES ? entry.sizeBytes : HEAD_BYTES;
  const source = await client.documents.openBytes(entry, { signal: scope.signal, headBytes });
  if (source.sizeBytes === 0) throw new AnjuanError('document-empty');
  const reader = new ByteReader(source, scope.signal);
  const whole = !source.ranges || source.sizeBytes <= WHOLE_FILE_BYTES;
  // Head and tail together: the cross-reference table is at the end.
  if (!whole) reader.prefetch(source.sizeBytes - TAIL_BYTES, source.sizeBytes);
  const head = whole
    ? await source.read({ start: 0, end: source.sizeBytes }, { signal: scope.signal })
    : await reader.read(0, HEAD_BYTES);
  checkHead(head);
  const runtime = await untilAborted(starting, scope.signal);
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  const range = whole ? undefined : rangeTransport(runtime, reader, head, fail);
  const task = runtime.engine.getDocument({
    ...(range ? { range } : { data: head.slice() }),
    ...documentOptions(runtime),
  });
  scope.defer(() => void task.destroy().catch(() => undefined));
  try {
    const pdf = await untilAborted(Promise.race([task.promise, failed]), scope.signal);
    if (pdf.numPages === 0) throw new AnjuanError('document-empty');
    if (pdf.numPages > MAX_PAGES) throw new AnjuanError('pdf-too-large', { details: { pageCount: pdf.numPages } });
    return { pdf, runtime, failed, whole };
  } catch (error) {
    throw pdfError(error);
  }
}

/** How every file is opened: nothing runs, nothing is fetched but our own assets. */
export function documentOptions({ engine, worker, folder }: PdfRuntime) {
  return {
    worker,
    cMapUrl: `${folder}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}standard_fonts/`,
    wasmUrl: `${folder}wasm/`,
    iccUrl: `${folder}iccs/`,
    rangeChunkSize: BLOCK_BYTES,
    disableAutoFetch: true,
    disableStream: true,
    disableWorkerRendering: true,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: engine.VerbosityLevel.ERRORS,
  };
}

function rangeTransport(
  { engine }: PdfRuntime,
  reader: ByteReader,
  head: Uint8Array,
  fail: (error: unknown) => void,
): InstanceType<PdfRuntime['engine']['PDFDataRangeTransport']> {
  const transport = new engine.PDFDataRangeTransport(reader.sizeBytes, head.slice());
  transport.requestDataRange = (begin: number, end: number): void => {
    reader.read(begin, end).then((bytes) => transport.onDataRange(begin, bytes), fail);
  };
  return transport;
}

/** A file that is plainly something else has the wrong MIME type; anything doubtful is left to the parser. */
function checkHead(head: Uint8Array): void {
  const kind = fileKind(head.subarray(0, 1024));
  if (kind === 'jpeg' || kind === 'png' || kind === 'markup') throw new AnjuanError('document-unsupported');
  if (kind === 'other') throw new AnjuanError('pdf-malformed');
}
