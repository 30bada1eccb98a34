export * from './picture/raster.js';
export * from './picture/quad.js';
export * from './recipe/types.js';
export * from './devices/frame-source.js';
export * from './devices/id-card-reader.js';
export * from './worker/protocol.js';
export { captureErrorParts } from './errors/capture-error-texts.js';
export * from './devices/camera/index.js';
export * from './devices/id-card/index.js';
