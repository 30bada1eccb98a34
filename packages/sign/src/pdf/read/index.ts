export { openPdf, type OpenPdfOptions } from './open-pdf.js';
export { listPages, type PdfBox, type PdfPage } from './pages.js';
export { scanObjects } from './scan.js';
export type { FieldLock, FieldSelection, SignatureField, SignatureValue } from './signature-field.js';
export { listSignatureFields } from './signatures.js';
