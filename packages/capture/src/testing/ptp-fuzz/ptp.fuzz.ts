import { paramsOf, PtpContainerReader } from '../../devices/ptp/ptp-container.js';
import { parseDeviceInfo, parseHandles, parseObjectInfo } from '../../devices/ptp/ptp-datasets.js';
import { container, deviceInfo, objectInfo, u32Array } from '../ptp-simulator/ptp-bytes.js';
import { typedOnly, type FuzzOptions } from '../vendor-fuzz/fuzz-text.js';
import { chunksOf, mutateBytes, Random } from '../vendor-fuzz/random.js';
import { tinyJpeg } from '../vendor-simulators/tiny-jpeg.js';

export const runs = 100_000;

const samples = [
  container(2, 0x1001, 1, deviceInfo()),
  container(2, 0x1008, 2, objectInfo(tinyJpeg())),
  container(2, 0x1007, 3, u32Array([1, 2, 3])),
  container(3, 0x2001, 3),
  container(4, 0x4002, 3, u32Array([7]).slice(4)),
];
const parsers = [parseDeviceInfo, parseObjectInfo, parseHandles];

/** `runs` chunks through readers that live as long as they take what comes. */
export function fuzz({ seed, runs: chunks }: FuzzOptions): void {
  const random = new Random(seed);
  let reader = new PtpContainerReader();
  let complete = 0;
  for (let run = 0; run < chunks;) {
    for (const chunk of chunksOf(random, mutateBytes(random, samples), 64)) {
      run += 1;
      const good = typedOnly(() => {
        reader.push(chunk);
        for (let next = reader.next(); next; next = reader.next()) {
          complete += 1;
          const { payload } = next;
          paramsOf(next);
          for (const parse of parsers) typedOnly(() => parse(payload));
        }
      });
      // A length that is wrong within its bound lets the reader wait, as for a camera that is cut off.
      if (!good || random.int(500) === 0) reader = new PtpContainerReader();
    }
    run += 1;
  }
  if (complete === 0) throw new Error('no container came through');
}
