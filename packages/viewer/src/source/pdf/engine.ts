/** The PDF engine: the only place that imports it. A one-file bundle points this import at its assets folder. */
export type PdfEngine = typeof import('pdfjs-dist');
export type PdfDocumentProxy = Awaited<ReturnType<PdfEngine['getDocument']>['promise']>;
export type PdfPageProxy = Awaited<ReturnType<PdfDocumentProxy['getPage']>>;
export type PdfWorker = InstanceType<PdfEngine['PDFWorker']>;

/** Loaded with the first PDF that needs it. */
export function importEngine(): Promise<PdfEngine> {
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}
