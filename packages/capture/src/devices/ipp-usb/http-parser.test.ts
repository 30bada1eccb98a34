import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ascii } from '../usb/byte-queue.js';
import { HttpResponseParser } from './http-parser.js';

/** Parses an answer that comes in pieces of these sizes. */
function parse(bytes: Uint8Array, sizes: readonly number[] = [bytes.length], method = 'GET') {
  const parser = new HttpResponseParser(method);
  const body: number[] = [];
  for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
    const size = sizes[piece % sizes.length] ?? 1;
    parser.push(bytes.subarray(at, at + size));
    body.push(...parser.takeBody().flatMap((each) => [...each]));
    at += size;
  }
  return { done: parser.done, status: parser.head?.status, headers: parser.head?.headers, body };
}

test('any body comes out as it went in, by length and by chunks, in pieces of any size', () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.integer({ min: 1, max: 90 }),
      pieces,
      (body, chunkBytes, sizes) => {
        const sized = [...ascii(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`), ...body];
        const chunks: number[] = [];
        for (let at = 0; at < body.length; at += chunkBytes) {
          const chunk = body.subarray(at, at + chunkBytes);
          chunks.push(...ascii(`${chunk.length.toString(16)};note=x\r\n`), ...chunk, ...ascii('\r\n'));
        }
        const chunked = [
          ...ascii('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'),
          ...chunks,
          ...ascii('0\r\nA: b\r\n\r\n'),
        ];
        for (const answer of [sized, chunked]) {
          const found = parse(Uint8Array.from(answer), sizes);
          assert.deepEqual([found.done, found.status, found.body], [true, 200, [...body]]);
        }
      },
    ),
    { numRuns: 100, seed: 5 },
  );
});

test('100 is followed by the answer that counts; HEAD, 204 and 304 have no body', () => {
  const continued = parse(
    ascii('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n'),
  );
  assert.deepEqual([continued.done, continued.status, continued.headers?.get('location')], [true, 201, '/x']);
  assert.ok(parse(ascii('HTTP/1.1 204 No Content\r\n\r\n')).done);
  assert.ok(parse(ascii('HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n')).done);
  assert.ok(parse(ascii('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'), [200], 'HEAD').done);
});

test('what is ambiguous, too large or no HTTP is refused', () => {
  for (const answer of [
    'HTTP/2 200\r\n\r\n',
    'HTTP/1.1 2000 OK\r\n\r\n',
    'HTTP/1.1 200 OK\r\nNo colon\r\n\r\n',
    'HTTP/1.1 200 OK\r\n folded: x\r\n\r\n',
    'HTTP/1.1 200 OK\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n',
    `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(40_000)}`,
    `HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(200)}\r\n`,
  ]) {
    assert.throws(() => parse(ascii(answer)), { code: 'device-protocol' }, answer.slice(0, 80));
  }
  const whole = ascii('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na');
  const parser = new HttpResponseParser('GET');
  parser.push(whole);
  assert.throws(() => parser.push(ascii('b')), { code: 'device-protocol' });
});
