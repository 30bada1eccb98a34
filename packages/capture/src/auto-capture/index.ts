export {
  autoCaptureStart,
  rearmAutoCapture,
  stepAutoCapture,
  type AutoCaptureMemory,
  type AutoCaptureOptions,
  type AutoCaptureState,
} from './auto-capture.js';
export { hashDistance } from './hash-distance.js';
export { runsThrough } from './page-look.js';
export { quadOverlap } from './quad-overlap.js';
