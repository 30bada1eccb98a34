import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import {
  der,
  derContextPrimitive,
  derNull,
  derSequence,
  fromBer,
  readDer,
  readElements,
  readTime,
  tags,
} from './index.js';

const reasonOf = (read: () => unknown): unknown => {
  try {
    read();
  } catch (error) {
    assert.ok(AnjuanError.is(error, 'der-malformed'), String(error));
    return error.details['reason'];
  }
  return 'read';
};

/** Sequences inside each other, `levels` deep. */
function nested(levels: number): Uint8Array {
  let inner: Uint8Array = derNull();
  for (let level = 0; level < levels; level += 1) inner = derSequence(inner);
  return inner;
}

test('nesting beyond any structure is refused, however it is read', () => {
  assert.equal(
    reasonOf(() => readDer(nested(40))),
    'read',
  );
  assert.equal(
    reasonOf(() => readDer(nested(5000))),
    'too-complex',
  );
  assert.equal(
    reasonOf(() => fromBer(nested(5000))),
    'too-complex',
  );
  const open = Uint8Array.from({ length: 100_000 }, (_, index) => (index % 2 === 0 ? 0x30 : 0x80));
  assert.equal(
    reasonOf(() => fromBer(open)),
    'too-complex',
  );
});

test('lengths that promise more than there is cost nothing', () => {
  for (const length of [
    [0x84, 0xff, 0xff, 0xff, 0xff],
    [0x84, 0x7f, 0xff, 0xff, 0xff],
    [0x83, 0xff, 0xff, 0xff],
  ]) {
    const input = Uint8Array.of(0x30, ...length, 0, 0);
    for (const read of [readDer, readElements, fromBer])
      assert.equal(
        reasonOf(() => read(input)),
        'truncated',
      );
  }
  assert.equal(
    reasonOf(() => readDer(Uint8Array.of(0x30, 0x88, 0, 0, 0, 0, 0, 0, 0, 1))),
    'length-too-large',
  );
  assert.equal(
    reasonOf(() => fromBer(Uint8Array.of(0x30, 0xfe, ...new Uint8Array(126).fill(0xff)))),
    'truncated',
  );
  assert.equal(
    reasonOf(() => fromBer(Uint8Array.of(0x30, 0xff))),
    'truncated',
  );
});

/** A sequence of indefinite length with so many NULLs inside. */
function wide(count: number): Uint8Array {
  const bytes = new Uint8Array(count * 2 + 4);
  for (let index = 1; index <= count; index += 1) bytes[index * 2] = tags.null;
  bytes.set([0x30, 0x80]);
  return bytes;
}

test('wide structures are turned into DER, and refused beyond all measure', () => {
  assert.equal(readDer(fromBer(wide(150_000)).der).children.length, 150_000);
  assert.equal(
    reasonOf(() => fromBer(wide(250_000))),
    'too-complex',
  );
});

test('times before the year 100 and days that do not exist are none', () => {
  const time = (tag: number, text: string): (() => unknown) => {
    const node = readDer(der(tag, new TextEncoder().encode(text)));
    return () => readTime(node);
  };
  for (const text of [
    '00500101000000Z',
    '20250229000000Z',
    '20250101240000Z',
    '20250101000060Z',
    '2025010100000Z',
    '20250101000000+0000',
  ])
    assert.equal(reasonOf(time(tags.generalizedTime, text)), 'not-a-time', text);
  for (const text of ['250229000000Z', '2501010000Z', '250101000000+0000', '25010100000 Z'])
    assert.equal(reasonOf(time(tags.utcTime, text)), 'not-a-time', text);
  const context = readDer(derContextPrimitive(0, new TextEncoder().encode('250101000000Z')));
  assert.equal(
    reasonOf(() => readTime(context)),
    'not-a-time',
  );
});
