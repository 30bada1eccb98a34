import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { ManualClock } from '@anjuan/core/testing';
import { boundedCall, type BoundedCall } from './bounded-call.js';

/** Over real sockets: what a browser or Node really does with a bad server. */
let server: Server;
let url: string;
let moved = 0;
/** Called when half an answer is on its way. */
let halfSent = (): void => undefined;
const untilHalfSent = (): Promise<void> => new Promise((resolve) => (halfSent = resolve));
before(async () => {
  server = createServer((request, response) => {
    switch (request.url) {
      case '/moved':
        response.writeHead(307, { location: '/target' }).end();
        break;
      case '/target':
        moved += 1;
        response.end('target');
        break;
      case '/large':
        response.end(Buffer.alloc(5000));
        break;
      case '/cut':
        response.writeHead(200, { 'content-length': '100' });
        response.write('half');
        setImmediate(() => response.destroy());
        break;
      case '/stuck':
        response.writeHead(200);
        response.write('half', () => halfSent());
        break;
      default:
        request.pipe(response.writeHead(200, { 'content-type': 'Text/Plain; charset=utf-8' }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const call = (path: string, options: Partial<BoundedCall> = {}) =>
  boundedCall({
    url: url + path,
    maxBytes: 4096,
    fault: (reason, cause) => new AnjuanError('network-unreachable', { details: { reason }, cause }),
    ...options,
  });
const reasonOf = async (promise: Promise<unknown>): Promise<unknown> => {
  const error = await promise.then(
    () => assert.fail('should fail'),
    (cause: unknown) => cause,
  );
  assert.ok(AnjuanError.is(error), String(error));
  return error.code === 'network-unreachable' ? error.details['reason'] : error.code;
};

describe('a call to a service', () => {
  it('gives status, type and bytes', async () => {
    const { status, contentType, bytes } = await call('/echo', { body: Uint8Array.of(1, 2, 3) });
    assert.deepEqual([status, contentType, bytes], [200, 'text/plain', Uint8Array.of(1, 2, 3)]);
  });

  it('never follows to another place', async () => {
    assert.equal(await reasonOf(call('/moved', { body: 'digest' })), 'redirect');
    assert.equal(moved, 0);
  });

  it('stops reading what is too large', async () => {
    assert.equal(await reasonOf(call('/large')), 'too-large');
    assert.equal((await call('/large', { maxBytes: 5000 })).bytes.byteLength, 5000);
  });

  it('takes no half answer', async () => {
    assert.equal(await reasonOf(call('/cut')), 'unreachable');
  });

  it('limits the whole answer in time, not only its beginning', async () => {
    const clock = new ManualClock();
    const half = untilHalfSent();
    const reason = reasonOf(call('/stuck', { clock, timeoutMs: 1000 }));
    await half;
    await clock.advance(1000);
    assert.equal(await reason, 'timeout');
  });

  it('ends when aborted in the middle of the answer', async () => {
    const controller = new AbortController();
    const half = untilHalfSent();
    const reason = reasonOf(call('/stuck', { signal: controller.signal }));
    await half;
    controller.abort();
    assert.equal(await reason, 'aborted');
  });

  it('tells a server that is not there', async () => {
    assert.equal(await reasonOf(call('', { url: 'http://127.0.0.1:9' })), 'unreachable');
  });
});
