import {
  chooseMode,
  goodReply,
  parseCameras,
  parsePicture,
  readFuncMessage,
} from '../../devices/vendor/func-json/messages.js';
import { pictureFromBase64 } from '../../devices/vendor/shared/base64-picture.js';
import { tinyJpeg, toBase64 } from '../vendor-simulators/tiny-jpeg.js';
import { fuzzText, type FuzzOptions } from './fuzz-text.js';

export const runs = 100_000;

const imgBase64Str = toBase64(tinyJpeg());
const mediaTypes = [{ mediaType: 'MJPG', resolutions: ['640x480', '2592x1944'] }];
const samples = [
  { func: 'GetCameraInfo', reqId: '1', result: 0, devInfo: [{ id: 0, devName: 'x', mediaTypes }] },
  { func: 'CameraCaptureBase64', reqId: 2, result: 9, imgBase64Str },
  { func: 'GetCameraVideoBuff', reqId: '3', result: 0, devNum: 0, imgBase64Str },
  { func: 'Notify' },
  { func: 'ExternalButton' },
  { func: 'OpenCamera', reqId: '4', result: 3, errorMsg: 'x' },
].map((sample) => JSON.stringify(sample));

export function fuzz(options: FuzzOptions): void {
  fuzzText({
    ...options,
    samples,
    parse: (text) => {
      const message = readFuncMessage(text);
      if (message.kind === 'push' && message.push.kind === 'frame') pictureFromBase64(message.push.base64);
      if (message.kind !== 'reply') return;
      for (const camera of parseCameras(message.reply)) chooseMode(camera, 2_000_000);
      if (message.key === '2') parsePicture(goodReply('CameraCaptureBase64', message.reply));
    },
  });
}
