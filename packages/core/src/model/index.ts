export * from './capabilities.js';
export * from './document-types.js';
export * from './document.js';
export * from './fhir-names.js';
export * from './page.js';
export * from './record.js';
export * from './signature.js';
export * from './text-hit.js';
