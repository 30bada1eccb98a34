export { assemblePdf } from './assemble-pdf.js';
