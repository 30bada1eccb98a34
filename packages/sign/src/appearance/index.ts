export * from './appearance.js';
export type { Glyph, PathStep, SignatureFont } from './font/signature-font.js';
export { loadSignatureFont, openSignatureFont, SIGNATURE_FONT_PATH } from './font/load-font.js';
export { rotateAppearance } from './rotate-appearance.js';
export { SEAL_RED, type Colour, type Seal, type SealDrawing, type SealFigure, type SealPicture } from './seal/seal.js';
export {
  planCrossPageSeal,
  type CrossPageSealOptions,
  type CrossPageSlice,
  type SealedPage,
} from './seal/cross-page-seal.js';
export { sealAppearance } from './seal/seal-appearance.js';
export { sealDrawing, type SealDesign } from './seal/draw-seal.js';
export { sealSvg } from './seal/seal-svg.js';
export { sealFromPng } from './seal/png-seal.js';
export { sealFromSvgPath } from './seal/svg-seal.js';
export {
  signatureAppearance,
  type SignatureAppearanceOptions,
  type SignatureLine,
  type SignatureWords,
} from './signature-appearance.js';
export { visibleSignature, type VisibleSignatureContext, type VisibleSignatureOptions } from './visible-signature.js';
