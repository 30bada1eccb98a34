export { encodeCcittG4 } from './ccitt-g4.js';
export { encodeJbig2 } from './jbig2.js';
export { encodeMrc } from './mrc.js';
