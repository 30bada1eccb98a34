export type { CardPhotoOptions } from './card/card-photo.js';
export type {
  HttpServiceOptions,
  PictureServiceOptions,
  ServiceOptions,
  SocketServiceOptions,
} from './shared/options.js';
export type { SocketConstructor, SocketLike } from './shared/socket-link.js';
export {
  serviceFault,
  serviceReach,
  type PermissionsLike,
  type ServiceAccess,
  type ServiceReach,
} from './shared/service-fault.js';
export { createEloamHttpSource, ELOAM_HTTP_URL, type EloamHttpOptions } from './eloam-http/source.js';
export { createEloamCardReader, type EloamCardReaderOptions } from './eloam-http/card-reader.js';
export { createEloamSocketSource, ELOAM_SOCKET_URL, type EloamSocketOptions } from './eloam-ws/source.js';
export { createTextCommandSource, TEXT_COMMAND_URL, type TextCommandOptions } from './text-command/source.js';
export { createFuncJsonSource, FUNC_JSON_URL, type FuncJsonOptions } from './func-json/source.js';
export { createJoyusingCardReader, JOYUSING_URL, type JoyusingCardReaderOptions } from './joyusing/card-reader.js';
export { BAUCHE_URL, createBaucheCardReader, type BaucheCardReaderOptions } from './bauche/card-reader.js';
export { createSynjonesCardReader, SYNJONES_URL, type SynjonesCardReaderOptions } from './synjones/card-reader.js';
export {
  createSynjonesSocketCardReader,
  SYNJONES_SOCKET_URL,
  type SynjonesSocketCardReaderOptions,
} from './synjones/socket-card-reader.js';
