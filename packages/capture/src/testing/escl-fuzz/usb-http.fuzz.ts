import { HttpResponseParser } from '../../devices/ipp-usb/http-parser.js';
import { ascii } from '../../devices/usb/byte-queue.js';
import { typedOnly, type FuzzOptions } from '../vendor-fuzz/fuzz-text.js';
import { chunksOf, mutateBytes, mutateText, Random } from '../vendor-fuzz/random.js';

export const runs = 100_000;

const samples = [
  'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 12\r\n\r\n<a>hello</a>',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nLocation: /eSCL/ScanJobs/1\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1f\r\n0123456789012345678901234567890\r\n0\r\nA: b\r\n\r\n',
  'HTTP/1.0 404 Not Found\r\nContent-Length: 3, 3\r\n\r\nabc',
  'HTTP/1.1 204 No Content\r\n\r\n',
];
const bytes = samples.map((sample) => ascii(sample));

/** `runs` chunks through parsers, each of one answer. */
export function fuzz({ seed, runs: chunks }: FuzzOptions): void {
  const random = new Random(seed);
  let complete = 0;
  for (let run = 0; run < chunks;) {
    const parser = new HttpResponseParser(random.int(8) === 0 ? 'HEAD' : 'GET');
    const answer = random.int(2) === 0 ? ascii(mutateText(random, samples)) : mutateBytes(random, bytes);
    let taken = 0;
    for (const chunk of chunksOf(random, answer, 64)) {
      run += 1;
      if (!typedOnly(() => parser.push(chunk))) break;
      taken += parser.takeBody().reduce((sum, piece) => sum + piece.length, 0);
    }
    if (taken > answer.length) throw new Error('more body than bytes');
    if (parser.done) complete += 1;
    run += 1;
  }
  if (complete === 0) throw new Error('no answer came through');
}
