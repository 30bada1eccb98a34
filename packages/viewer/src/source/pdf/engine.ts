// The only place that imports the PDF engine. The one-file bundle has its own copy of this module, which imports the
// engine from the assets folder (scripts/bundle/engine.ts).
import type { EngineBuild } from './engine-build.js';

export type PdfEngine = typeof import('pdfjs-dist');
export type PdfDocumentProxy = Awaited<ReturnType<PdfEngine['getDocument']>['promise']>;
export type PdfPageProxy = Awaited<ReturnType<PdfDocumentProxy['getPage']>>;
export type PdfWorker = InstanceType<PdfEngine['PDFWorker']>;

/** Loaded with the first PDF that needs it. */
export function importEngine(_assetsUrl: string, build: EngineBuild): Promise<PdfEngine> {
  return build === 'modern' ? import('pdfjs-dist') : import('pdfjs-dist/legacy/build/pdf.mjs');
}
