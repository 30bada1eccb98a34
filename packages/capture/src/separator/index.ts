export { findSeparator, formatSeparator, parseSeparator, type Separator, type SeparatorReading } from './payload.js';
export { splitBySeparators, type ScannedPage, type SplitDocument } from './split-by-separators.js';
