export * from './sign-pdf.js';
export type * from './types.js';
