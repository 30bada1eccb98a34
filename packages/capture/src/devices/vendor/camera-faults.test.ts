import { ManualClock } from '@anjuan/core/testing';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, deliveredBy } from '../../../test-support/typed-failure.js';
import { EloamHttpSimulator } from '../../testing/vendor-simulators/eloam-http-simulator.js';
import { EloamSocketSimulator } from '../../testing/vendor-simulators/eloam-ws-simulator.js';
import { FuncJsonSimulator } from '../../testing/vendor-simulators/func-json-simulator.js';
import { fetchOf, jsonAnswer } from '../../testing/vendor-simulators/http-simulator.js';
import { socketClassOf } from '../../testing/vendor-simulators/socket-simulator.js';
import { TextCommandSimulator } from '../../testing/vendor-simulators/text-command-simulator.js';
import { tinyJpeg, toBase64 } from '../../testing/vendor-simulators/tiny-jpeg.js';
import type { FrameSession } from '../frame-source.js';
import { createEloamHttpSource } from './eloam-http/source.js';
import { createEloamSocketSource } from './eloam-ws/source.js';
import { createFuncJsonSource } from './func-json/source.js';
import { decodeBase64 } from './shared/base64-picture.js';
import { createTextCommandSource } from './text-command/source.js';

/** What stands for a decoded frame: its size in bytes is its width. */
const decodeFrame = (bytes: Blob): Promise<ImageBitmap> => Promise.resolve({ width: bytes.size } as ImageBitmap);

function eloamHttp() {
  const simulator = new EloamHttpSimulator();
  const clock = new ManualClock();
  return { simulator, clock, source: createEloamHttpSource({ fetch: fetchOf(simulator), clock, decodeFrame }) };
}

function eloamSocket(options: { readonly maxPixels?: number } = {}) {
  const simulator = new EloamSocketSimulator();
  const clock = new ManualClock();
  const source = createEloamSocketSource({ WebSocket: socketClassOf(simulator), clock, decodeFrame, ...options });
  return { simulator, clock, source };
}

async function framesOf(session: FrameSession): Promise<number> {
  assert.equal(session.preview.kind, 'frames');
  if (session.preview.kind !== 'frames') return 0;
  const reader = session.preview.frames.getReader();
  let frames = 0;
  while (!(await reader.read()).done) frames += 1;
  return frames;
}

test('eloam-http: a service that dies in the middle of a frame has delivered what came before', async () => {
  const { simulator, source } = eloamHttp();
  const session = await source.open('eloam-http:0');
  const frames = framesOf(session);
  simulator.frame({ cut: true });
  simulator.stop();
  assert.equal((await session.ended)?.code, 'device-lost');
  assert.equal(await frames, 1);
  assert.equal((await deliveredBy(session.capture())).code, 'device-lost');
});

test('eloam-http: a live view that breaks is taken up again while the lens is there', async () => {
  const { simulator, clock, source } = eloamHttp();
  const session = await source.open('eloam-http:0');
  simulator.breakStreams();
  await clock.advance(1_000);
  assert.equal(simulator.streams, 1);
  assert.equal((await deliveredBy(session.capture())).sizes.length, 1);
  for (const lens of simulator.lenses) lens.plugged = false;
  simulator.breakStreams();
  await clock.advance(1_000);
  assert.equal((await session.ended)?.code, 'device-lost');
  assert.equal(clock.pending, 0);
});

test('eloam-http: wrong JSON, wrong base64 and wrong pictures are typed, and the next picture is fine', async () => {
  const { simulator, source } = eloamHttp();
  const session = await source.open('eloam-http:0');
  for (const wrong of [
    jsonAnswer([1]),
    jsonAnswer({ code: 0, images: [{ base64: '***' }] }),
    jsonAnswer({ code: 0, images: [{ base64: 'AAAA' }] }),
    jsonAnswer({ code: 0, images: 'x' }),
  ]) {
    simulator.wrong.push(wrong);
    assert.equal((await deliveredBy(session.capture())).code, 'device-protocol');
  }
  simulator.wrong.push(jsonAnswer({ code: '-1' }));
  assert.equal((await deliveredBy(session.capture())).code, 'service-failed');
  assert.equal((await deliveredBy(session.capture())).sizes.length, 1);
  session.close();
});

test('eloam-http: both versions of the answer are read; the whole frame is asked for', async () => {
  const { simulator, source } = eloamHttp();
  const session = await source.open('eloam-http:1');
  simulator.version = 'photoBase64';
  assert.equal((await deliveredBy(session.capture())).sizes.length, 1);
  assert.deepEqual([session.widthPx, session.heightPx], [3264, 2448]);
  const request = JSON.parse(simulator.grabs[0] ?? '') as Record<string, unknown>;
  assert.deepEqual([request['camidx'], request['cutpage']], ['1', '0']);
  session.close();
});

test('eloam-http: a service that takes the request and says nothing', async () => {
  const { simulator, clock, source } = eloamHttp();
  const session = await source.open('eloam-http:0');
  simulator.silent = true;
  assert.equal((await clock.settle(deliveredBy(session.capture()))).code, 'device-timeout');
  session.close();
  assert.equal(await clock.settle(codeOf(source.list())), 'device-timeout');
});

test('a picture of more than 64 MB is refused before it is decoded', () => {
  assert.throws(() => decodeBase64('A'.repeat(91_000_000)), { code: 'device-protocol' });
});

test('eloam-ws: the largest size is asked for, or the largest within the limit', async () => {
  const whole = await eloamSocket().source.open('eloam-ws:0');
  assert.deepEqual([whole.widthPx, whole.heightPx], [3264, 2448]);
  const limited = await eloamSocket({ maxPixels: 6_000_000 }).source.open('eloam-ws:0');
  assert.deepEqual([limited.widthPx, limited.heightPx], [2592, 1944]);
});

test('eloam-ws: the late answer to an aborted capture is not taken for the next picture', async () => {
  const { simulator, source } = eloamSocket();
  const session = await source.open('eloam-ws:0');
  simulator.held.add('ScanImage');
  const controller = new AbortController();
  const aborted = deliveredBy(session.capture({ signal: controller.signal }));
  await new Promise((resolve) => setTimeout(resolve, 0));
  controller.abort();
  assert.equal((await aborted).code, 'aborted');
  const next = deliveredBy(session.capture());
  await new Promise((resolve) => setTimeout(resolve, 0));
  const asked = (): number => simulator.received.filter((text) => text.includes('ScanImage')).length;
  assert.equal(asked(), 1, 'the second waits until the first is answered');
  simulator.held.clear();
  simulator.flush();
  assert.equal((await next).sizes.length, 1);
  assert.equal(asked(), 2);
  session.close();
});

test('eloam-ws: answers of other functions in between change nothing', async () => {
  const { simulator, source } = eloamSocket();
  const session = await source.open('eloam-ws:0');
  simulator.held.add('ScanImage');
  const capture = deliveredBy(session.capture());
  await new Promise((resolve) => setTimeout(resolve, 0));
  simulator.broadcast(JSON.stringify({ function: 'GetDeviceCount', ret: 0, value: 7 }));
  simulator.broadcast(JSON.stringify({ function: 'CloseCamera', ret: -1 }));
  simulator.flush();
  assert.equal((await capture).sizes.length, 1);
  session.close();
});

test('eloam-ws: after an answer that never came the connection is made anew', async () => {
  const { simulator, clock, source } = eloamSocket();
  const session = await source.open('eloam-ws:0');
  simulator.held.add('ScanImage');
  assert.equal((await clock.settle(deliveredBy(session.capture()))).code, 'device-timeout');
  assert.equal((await session.ended)?.code, 'device-timeout');
  assert.equal(simulator.connections, 0);
  simulator.held.clear();
  const next = await source.open('eloam-ws:0');
  assert.equal((await deliveredBy(next.capture())).sizes.length, 1);
  next.close();
});

test('eloam-ws: what is no message of the service ends the connection, typed', async () => {
  for (const wrong of ['no json', '[]', '{"ret":0}', 'null']) {
    const { simulator, source } = eloamSocket();
    const session = await source.open('eloam-ws:0');
    simulator.broadcast(wrong);
    assert.equal((await session.ended)?.code, 'device-protocol', wrong);
  }
});

test('eloam-ws: a device that fails to open gives the connection back', async () => {
  const { simulator, source } = eloamSocket();
  simulator.failing.add('OpenCamera');
  assert.equal(await codeOf(source.open('eloam-ws:0')), 'service-failed');
  assert.equal(simulator.connections, 0);
});

test('text-command: a lens that is not there; the capture of older versions; a refusal', async () => {
  const simulator = new TextCommandSimulator();
  const source = createTextCommandSource({
    WebSocket: socketClassOf(simulator),
    clock: new ManualClock(),
    decodeFrame,
  });
  simulator.lenses = 1;
  assert.equal(await codeOf(source.open('text-command:bStartPlay2')), 'device-not-found');
  simulator.captureName = 'Base64';
  const session = await source.open('text-command:bStartPlay');
  assert.equal((await deliveredBy(session.capture())).sizes.length, 1);
  assert.deepEqual([session.widthPx, session.heightPx], [2592, 1944], 'the size that was asked for');
  simulator.broadcast('BeginbSaveJPGExbroken');
  assert.equal((await session.ended)?.code, 'device-protocol');
  assert.deepEqual(simulator.received.slice(-3), ['vSetResolution(7)', 'bStartPlay', 'bSaveJPGEx']);
});

test('func-json: answers find their question by id, in whatever order they come', async () => {
  const simulator = new FuncJsonSimulator();
  const source = createFuncJsonSource({ WebSocket: socketClassOf(simulator), clock: new ManualClock(), decodeFrame });
  const session = await source.open('func-json:0');
  simulator.held.add('CameraCaptureBase64');
  const both = [deliveredBy(session.capture()), deliveredBy(session.capture())];
  await new Promise((resolve) => setTimeout(resolve, 0));
  simulator.flush();
  const results = await Promise.all(both);
  assert.deepEqual(
    results.map(({ sizes, code }) => [sizes.length, code]),
    [
      [1, undefined],
      [1, undefined],
    ],
  );
  session.close();
});

test('func-json: a busy camera, the button of the device, the other lens going away', async () => {
  const simulator = new FuncJsonSimulator();
  let pressed = 0;
  const source = createFuncJsonSource({
    WebSocket: socketClassOf(simulator),
    clock: new ManualClock(),
    decodeFrame,
    onButton: () => (pressed += 1),
  });
  simulator.busy = true;
  assert.equal(await codeOf(source.open('func-json:0')), 'service-failed');
  assert.equal(simulator.connections, 0);
  simulator.busy = false;
  const session = await source.open('func-json:0');
  simulator.press();
  simulator.unplug(1);
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(pressed, 1);
  assert.equal((await deliveredBy(session.capture())).sizes.length, 1, 'the opened lens is still there');
  session.close();
});

test('the live view shows the newest frame, skips broken ones and makes no frame that nobody sees', async () => {
  const simulator = new EloamSocketSimulator();
  const made: number[] = [];
  const source = createEloamSocketSource({
    WebSocket: socketClassOf(simulator),
    clock: new ManualClock(),
    decodeFrame: (bytes) => {
      made.push(bytes.size);
      return decodeFrame(bytes);
    },
  });
  const session = await source.open('eloam-ws:0');
  const push = (value: string): void =>
    simulator.broadcast(JSON.stringify({ function: 'ImageCallback', ret: 0, value }));
  push('broken');
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.deepEqual(made, []);
  assert.ok(session.preview.kind === 'frames');
  const reader = session.preview.frames.getReader();
  const next = reader.read();
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.deepEqual(made, [], 'the broken frame took the place of the first and was skipped');
  push(toBase64(tinyJpeg({ tag: 12345 })));
  assert.equal((await next).value?.width, tinyJpeg({ tag: 12345 }).length);
  session.close();
});
