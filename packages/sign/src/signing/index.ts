export { signBatch, signPdf } from './sign-pdf.js';
export { addDocumentTimestamp, addValidationData, prepareFields, renewTimestamps } from './extend.js';
export type * from './types.js';
