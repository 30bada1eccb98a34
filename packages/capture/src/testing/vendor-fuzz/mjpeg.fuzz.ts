import { ascii } from '../../devices/usb/byte-queue.js';
import { MjpegParser } from '../../devices/vendor/eloam-http/mjpeg.js';
import { pictureFromBytes } from '../../devices/vendor/shared/base64-picture.js';
import { tinyJpeg } from '../vendor-simulators/tiny-jpeg.js';
import { typedOnly, type FuzzOptions } from './fuzz-text.js';
import { chunksOf, mutateBytes, mutateText, Random } from './random.js';

export const runs = 100_000;

const jpeg = tinyJpeg();
const part = (head: string): Uint8Array => Uint8Array.from([...ascii(head), ...jpeg, 13, 10]);
const samples = [
  part(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`),
  part('--frame\r\nContent-Type: image/jpeg\r\n\r\n'),
  part('--frame\n\n'),
];
const types = ['multipart/x-mixed-replace; boundary=frame', 'multipart/x-mixed-replace;boundary="--frame"'];

/** `runs` chunks through parsers that live as long as they take what comes. */
export function fuzz({ seed, runs: chunks }: FuzzOptions): void {
  const random = new Random(seed);
  let parser: MjpegParser | undefined;
  let frames = 0;
  for (let run = 0; run < chunks;) {
    typedOnly(() => (parser ??= new MjpegParser(mutateText(random, types))));
    for (const chunk of chunksOf(random, mutateBytes(random, samples), 64)) {
      run += 1;
      const good = typedOnly(() => {
        for (const frame of parser?.push(chunk) ?? []) {
          frames += 1;
          typedOnly(() => pictureFromBytes(frame));
        }
      });
      if (!good || random.int(2000) === 0) parser = undefined;
    }
    run += 1;
  }
  if (frames === 0) throw new Error('no frame came through');
}
