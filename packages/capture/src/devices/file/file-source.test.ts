import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import type { SuiteRunner } from '@anjuan/core/testing';
import { frameSourceSuite } from '../../testing/frame-source-suite.js';
import { writeTiff } from '../../testing/tiff-writer.js';
import type { CapturedPicture } from '../frame-source.js';
import { createFileSource } from './file-source.js';
import { fileInput, filesFrom } from './picked-files.js';

const runner: SuiteRunner = {
  describe: (name, body) => void describe(name, body),
  it: (name, body) => void it(name, body),
};

const page = {
  tags: { 256: [16], 257: [2], 258: [1], 259: [1], 262: [0], 277: [1], 278: [2] },
  strips: [Uint8Array.of(0xf0, 0x0f, 0xaa, 0x55)],
};
const tiff = (name: string, pages: number): File =>
  new File([writeTiff(Array.from({ length: pages }, () => page))], name, { type: 'image/tiff' });

frameSourceSuite(runner, 'file', () => {
  const source = createFileSource();
  source.add([tiff('a.tif', 3), tiff('b.tif', 3)]);
  // A file that was closed is gone, so each opening takes the next one.
  const open: typeof source.open = async (deviceId, options) => {
    const session = await source.open(deviceId, options);
    source.add([tiff(`${deviceId}.tif`, 3)]);
    return session;
  };
  return { source: { ...source, open }, pictures: 3, change: () => void source.add([tiff('c.tif', 1)]) };
});

async function drain(pictures: AsyncIterable<CapturedPicture>): Promise<number> {
  let count = 0;
  for await (const _picture of pictures) count += 1;
  return count;
}

test('every file is a device, told when it comes and forgotten when it was closed', async () => {
  const source = createFileSource();
  let changes = 0;
  const stop = source.watch(() => (changes += 1));
  const devices = source.add([tiff('first.tif', 1), tiff('second.tif', 2)]);
  assert.deepEqual(
    devices.map(({ label, kind, preferred }) => [label, kind, preferred]),
    [
      ['first.tif', 'file', true],
      ['second.tif', 'file', false],
    ],
  );
  const session = await source.open(devices[0]?.deviceId ?? '');
  assert.equal(await drain(session.capture()), 1);
  session.close();
  assert.deepEqual(
    (await source.list()).map((device) => device.label),
    ['second.tif'],
  );
  assert.equal(changes, 2);
  stop();
  source.add([]);
  source.add([tiff('third.tif', 1)]);
  assert.equal(changes, 2);
});

test('delivers the pages before the damage, then says what is wrong; other files are not touched', async () => {
  const bytes = writeTiff([page, page, { ...page, strips: [Uint8Array.of(1)] }]);
  const source = createFileSource();
  const [device] = source.add([new File([bytes], 'broken.tif'), tiff('good.tif', 1)]);
  const session = await source.open(device?.deviceId ?? '');
  let count = 0;
  await assert.rejects(
    async () => {
      for await (const _picture of session.capture()) count += 1;
    },
    (error) => AnjuanError.is(error, 'tiff-malformed'),
  );
  assert.equal(count, 2);
  session.close();
  const [next] = await source.list();
  assert.equal(await drain((await source.open(next?.deviceId ?? '')).capture()), 1);
});

test('reads at the pace of the reader, and an importer without signals ends when nobody reads any more', async () => {
  let offered = 0;
  let ended: unknown;
  const source = createFileSource({
    importer: async (file, _options, onPage) => {
      try {
        for (;;) {
          offered += 1;
          await onPage({ bytes: file });
        }
      } catch (error) {
        ended = error;
        throw error;
      }
    },
  });
  const [device] = source.add([tiff('endless.tif', 1)]);
  const session = await source.open(device?.deviceId ?? '');
  for await (const _picture of session.capture()) if (offered === 3) break;
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(offered, 3);
  assert.ok(AnjuanError.is(ended, 'aborted'));
});

test('too many pages bring none', async () => {
  const source = createFileSource({ maxPages: 2 });
  const [device] = source.add([tiff('long.tif', 3)]);
  const session = await source.open(device?.deviceId ?? '');
  await assert.rejects(drain(session.capture()), (error) => AnjuanError.is(error, 'too-many-pages'));
});

test('takes files out of a drop, a paste and an input; folders, texts and doubles stay out', () => {
  const [a, b] = [tiff('a.tif', 1), tiff('b.tif', 2)];
  const item = (file: File | null, isDirectory = false): object => ({
    kind: file ? 'file' : 'string',
    getAsFile: () => file,
    webkitGetAsEntry: () => ({ isDirectory }),
  });
  const drop = {
    getData: () => '',
    items: [item(null), item(a), item(new File([], 'folder'), true), item(a), item(b)],
  };
  assert.deepEqual(filesFrom(drop as unknown as DataTransfer), [a, b]);
  const old = { getData: () => '', files: [b, a] };
  assert.deepEqual(filesFrom(old as unknown as DataTransfer), [b, a]);
  assert.deepEqual(filesFrom([a, b]), [a, b]);
  assert.deepEqual(filesFrom(null), []);
});

test('the input for phones opens the camera at the back, the other one takes every format', () => {
  assert.deepEqual(fileInput({ from: 'mobile-camera' }), {
    accept: 'image/*',
    multiple: false,
    capture: 'environment',
  });
  const { accept, multiple } = fileInput({ from: 'files' });
  assert.ok(multiple);
  for (const format of ['image/jpeg', '.tif', 'application/pdf']) assert.ok(accept.includes(format), format);
});
