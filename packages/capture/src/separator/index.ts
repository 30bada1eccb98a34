export { findSeparator, formatSeparator, parseSeparator, type Separator, type SeparatorReading } from './payload.js';
export { splitBySeparators, type ScannedPage, type SplitDocument } from './split-by-separators.js';
export { readSeparator, type ReadSeparatorOptions } from './read-separator.js';
export { findPatchCode, patchBars, type PatchCode } from './patch-code.js';
