import { goodValue, parseCount, parseSizes, readEloamMessage } from '../../devices/vendor/eloam-ws/messages.js';
import { pictureFromBase64 } from '../../devices/vendor/shared/base64-picture.js';
import { tinyJpeg, toBase64 } from '../vendor-simulators/tiny-jpeg.js';
import { fuzzText, type FuzzOptions } from './fuzz-text.js';

export const runs = 100_000;

const value = toBase64(tinyJpeg());
const samples = [
  { function: 'InitDevs', ret: 0, value: '' },
  { function: 'GetDeviceCount', ret: 0, value: 2 },
  { function: 'GetResolution', ret: 0, value: '2592*1944|640*480' },
  { function: 'ScanImage', ret: 0, value },
  { function: 'ImageCallback', ret: 0, value },
  { function: 'OpenCamera', ret: -1, value: '' },
].map((sample) => JSON.stringify(sample));

export function fuzz(options: FuzzOptions): void {
  fuzzText({
    ...options,
    samples,
    parse: (text) => {
      const message = readEloamMessage(text);
      if (message.kind === 'push') pictureFromBase64(message.push.base64);
      if (message.kind !== 'reply') return;
      if (message.key === 'GetDeviceCount') parseCount(message.reply);
      else if (message.key === 'GetResolution') parseSizes(message.reply);
      else if (message.key === 'ScanImage') pictureFromBase64(goodValue(message.reply));
      else goodValue(message.reply);
    },
  });
}
