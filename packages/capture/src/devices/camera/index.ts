export { createCameraSource, listCameras, type CameraSourceOptions } from './camera-source.js';
export type { FrameGrabber, FrameLight } from './frame-grabber.js';
export type { CameraCapabilities, CameraDevices, CameraRange, CameraSettings } from './media-devices.js';
export { LADDER_WIDTHS, sizeLadder, type LadderOptions, type LadderRung } from './size-ladder.js';
export { verifyMode, type CameraMode } from './verify-mode.js';
