export { importFile, pagesOfFile, type ImportOptions } from './import-file.js';
export { MAX_PICTURE_PIXELS } from './limits.js';
export { sniffFormat, type FileFormat } from './sniff.js';
export { fileInput, filesFrom, type FileInputOptions, type FileInputAttributes } from './picked-files.js';
export { createFileSource, type FileSource, type FileSourceOptions } from './file-source.js';
