export { buildSeal, type BuildSealOptions } from './build-seal.js';
export { buildSesSignature, type BuildSesSignatureOptions, type PreparedSesSignature } from './build-ses-signature.js';
export type { SealCrypto } from './check-value.js';
export type { SealCheckId, SealFinding, SealReason, SealVerification } from './findings.js';
export { parseSeal, parseSesSignature } from './read-seal.js';
export type * from './seal.js';
export { sealPicture } from './seal-picture.js';
export { verifySeal } from './verify-seal.js';
export { verifySesSignature, type SesSignatureContext } from './verify-ses-signature.js';
