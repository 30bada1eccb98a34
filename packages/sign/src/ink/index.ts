export * from './ink.js';
export { inkOutlines, type OutlinePoint } from './outline.js';
export { inkFromJson, inkToJson } from './ink-json.js';
export { inkDigest, type InkDigest } from './ink-digest.js';
export { inkToSvg, type InkSvgOptions } from './ink-svg.js';
export { inkToPdfContent } from './ink-pdf.js';
export { inkToPng, type InkPngOptions } from './ink-png.js';
export { inkToInkml } from './inkml.js';
export { inkFromInkml } from './inkml-read.js';
