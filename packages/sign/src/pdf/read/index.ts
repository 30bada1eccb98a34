export { openPdf, type OpenPdfOptions } from './open-pdf.js';
export { listPages, type PdfBox, type PdfPage } from './pages.js';
export { scanObjects, type ScannedToken } from './scan.js';
export type { FieldLock, FieldSelection, SignatureField, SignatureValue } from './signature-field.js';
export { listSignatureFields } from './signatures.js';
export { listFormFields, type FormField } from './form-fields.js';
export { readBox, readCatalog } from './pages.js';
export { textOf } from './text-string.js';
export { readCoverage, type ByteSpan, type FileCoverage } from './coverage.js';
