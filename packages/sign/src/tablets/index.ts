export type { StuHid, StuHidDevice, StuInputReport } from './stu/hid-types.js';
export type { PadPicture } from './stu/images.js';
export type { StuStatistics } from './stu/pen-to-ink.js';
export type { StuSettings } from './stu/settings.js';
export { stuInkSource, type StuInkSession, type StuInkSource, type StuInkSourceOptions } from './stu/stu-ink-source.js';
export {
  localPadInkSource,
  type LocalPadInkSourceOptions,
  type LocalPadSocket,
} from './local-pad/local-pad-ink-source.js';
export {
  LOCAL_PAD_PROTOCOL,
  type LocalPadMessage,
  type LocalPadPoint,
  type LocalPadRequest,
} from './local-pad/local-pad-contract.js';
