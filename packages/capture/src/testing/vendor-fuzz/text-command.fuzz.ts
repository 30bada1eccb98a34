import { pictureFromBase64 } from '../../devices/vendor/shared/base64-picture.js';
import { isRefusal, readTextMessage } from '../../devices/vendor/text-command/messages.js';
import { tinyJpeg, toBase64 } from '../vendor-simulators/tiny-jpeg.js';
import { fuzzText, type FuzzOptions } from './fuzz-text.js';

export const runs = 100_000;

const base64 = toBase64(tinyJpeg());
const samples = [
  base64,
  `BeginbSaveJPGEx${base64}EndbSaveJPGEx`,
  `BeginBase64${base64}EndBase64`,
  'BeginbStartPlaytrueEndbStartPlay',
  'BeginbStartPlay2falseEndbStartPlay2',
];

export function fuzz(options: FuzzOptions): void {
  fuzzText({
    ...options,
    samples,
    parse: (text) => {
      const message = readTextMessage(text);
      if (message.kind === 'reply') pictureFromBase64(message.reply);
      if (message.kind === 'push' && message.push.kind === 'frame') pictureFromBase64(message.push.base64);
      if (message.kind === 'push' && message.push.kind === 'result') isRefusal(message.push.result);
    },
  });
}
