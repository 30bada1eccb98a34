// Stands for packages/viewer/src/source/pdf/engine.ts in the one-file bundle.

/** Loads the PDF engine from the assets folder with the first PDF that needs it. */
export function importEngine(assetsUrl: string): Promise<unknown> {
  return import(`${assetsUrl}pdfjs/pdf.min.mjs`);
}
