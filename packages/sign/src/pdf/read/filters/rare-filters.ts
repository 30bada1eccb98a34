export { lzw } from './lzw.js';
export { ascii85, asciiHex, runLength } from './text-filters.js';
export { undoTiffPredictor } from './tiff-predictor.js';
