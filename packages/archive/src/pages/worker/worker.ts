import { parentPort } from 'node:worker_threads';
import { AnjuanError } from '@anjuan/core';
import { PdfiumDocument } from '../pdfium/document.js';
import { loadPdfium } from '../pdfium/load-pdfium.js';
import type { Pdfium } from '../pdfium/pdfium.js';
import { measureImage, renderImage } from './image-file.js';
import { tuneImageEngine } from './jpeg.js';
import { measurePdf, readTexts, renderPdf } from './pdf-file.js';
import type { FromWorker, PageResult, PageTask, SourceKey, ToWorker } from './protocol.js';

/** Files kept open: neighbours of a page are asked for next. */
const OPEN_FILES = 3;

type OpenFile =
  { readonly kind: 'pdf'; readonly document: PdfiumDocument } | { readonly kind: 'image'; readonly bytes: Uint8Array };

let engine: Promise<Pdfium> | undefined;
const open = new Map<string, OpenFile>();

async function openFile(source: SourceKey, bytes: Uint8Array | undefined): Promise<OpenFile | undefined> {
  const known = open.get(source.digest);
  if (known) {
    open.delete(source.digest);
    open.set(source.digest, known);
    return known;
  }
  if (!bytes) return undefined;
  if (bytes.byteLength === 0) throw new AnjuanError('document-empty');
  const file: OpenFile =
    source.mime === 'application/pdf'
      ? { kind: 'pdf', document: new PdfiumDocument(await (engine ??= loadPdfium()), bytes) }
      : { kind: 'image', bytes };
  open.set(source.digest, file);
  for (const [digest, oldest] of open) {
    if (open.size <= OPEN_FILES) break;
    if (oldest.kind === 'pdf') oldest.document.close();
    open.delete(digest);
  }
  return file;
}

async function perform(task: PageTask, file: OpenFile): Promise<PageResult> {
  if (file.kind === 'image') {
    if (task.kind === 'measure') return measureImage(file.bytes);
    if (task.kind === 'render') return renderImage(file.bytes, task.widthsPx);
    return { kind: 'text', texts: [{ pageIndex: 0, text: '', runs: [], source: 'none' }], pageKinds: ['scan'] };
  }
  const pdfium = await (engine ??= loadPdfium());
  if (task.kind === 'measure') return measurePdf(file.document);
  if (task.kind === 'text') return readTexts(pdfium, file.document, task.from, task.to);
  if (task.pageIndex >= file.document.pageCount) throw new AnjuanError('page-not-found');
  return renderPdf(pdfium, file.document, task.pageIndex, task.widthsPx);
}

async function answer({ task, bytes }: ToWorker): Promise<FromWorker> {
  try {
    const file = await openFile(task.source, bytes);
    if (!file) return { status: 'needs-bytes' };
    return { status: 'done', result: await perform(task, file), heapBytes: await heapBytes() };
  } catch (error) {
    // A trap inside the engine leaves its memory in an unknown state: let the thread die, the pool replaces it.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    const code = AnjuanError.is(error) ? error.code : 'render-failed';
    return { status: 'failed', code, heapBytes: await heapBytes() };
  }
}

async function heapBytes(): Promise<number> {
  return engine ? (await engine).heap().byteLength : 0;
}

tuneImageEngine();
const port = parentPort;
port?.on('message', (message: ToWorker) => {
  void answer(message).then(
    (reply) => port.postMessage(reply),
    (error: unknown) => {
      queueMicrotask(() => {
        throw error;
      });
    },
  );
});
