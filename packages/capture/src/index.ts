export * from './picture/raster.js';
export * from './picture/quad.js';
export * from './recipe/types.js';
export * from './devices/frame-source.js';
export * from './devices/id-card-reader.js';
export * from './worker/protocol.js';
export { captureErrorParts } from './errors/capture-error-texts.js';
export * from './devices/camera/index.js';
export * from './devices/id-card/index.js';
export { openPipeline, type Pipeline, type PipelineOptions } from './worker/open-pipeline.js';
export * from './devices/file/index.js';
export * from './devices/trigger/index.js';
export type * from './devices/hid/types.js';
export * from './separator/index.js';
export * from './barcode/index.js';
export * from './auto-capture/index.js';
export * from './devices/vendor/index.js';
export * from './devices/escl/index.js';
export * from './devices/ipp-usb/index.js';
export * from './devices/ptp/index.js';
export * from './devices/usb/index.js';
export * from './assemble/separator-sheet.js';
export * from './devices/access/index.js';
export { AnjuanCapture } from './element/anjuan-capture.js';
export * from './element/capture-events.js';
export {
  captureCommandGroups,
  defaultCaptureKeymap,
  type CaptureCommand,
  type CaptureKeymap,
} from './element/keyboard/capture-keymap.js';
export type { OpenPipeline } from './element/capture-parts.js';
export type { CaptureMode } from './session/modes.js';
export { captureMessages } from './element/locales/capture.js';
