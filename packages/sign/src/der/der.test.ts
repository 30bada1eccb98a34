import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import fc from 'fast-check';
import { fuzz } from './der.fuzz.js';
import {
  compareBytes,
  der,
  derBits,
  derBoolean,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derIa5,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derPrintable,
  derSequence,
  derSetOf,
  derTime,
  derUnsigned,
  derUtf8,
  expectUniversal,
  fromBer,
  readBits,
  readBoolean,
  readDer,
  readElements,
  readInteger,
  readOctets,
  readOid,
  readSmallInteger,
  readText,
  readTime,
  tags,
  type DerNode,
} from './index.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const reasonOf = (read: () => unknown): unknown => {
  try {
    read();
    return 'no error';
  } catch (error) {
    assert.ok(AnjuanError.is(error, 'der-malformed'), String(error));
    return error.details['reason'];
  }
};

/** Writes an element again from what was read of it. */
const again = (node: DerNode): Uint8Array => {
  const shift = { universal: 0, application: 0x40, context: 0x80, private: 0xc0 }[node.tagClass];
  const first = shift | (node.constructed ? 0x20 : 0) | Math.min(node.tag, 31);
  const written = der(first, ...(node.constructed ? node.children.map(again) : [node.contents]));
  if (node.tag < 31) return written;
  const septets = [node.tag & 0x7f];
  for (let rest = node.tag >> 7; rest > 0; rest >>= 7) septets.unshift((rest & 0x7f) | 0x80);
  return Uint8Array.from([first, ...septets, ...written.subarray(1)]);
};

const leaf = fc.oneof(
  fc.bigInt({ min: -(1n << 600n), max: 1n << 600n }).map((value) => derInteger(value)),
  fc.uint8Array({ maxLength: 300 }).map(derOctets),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => derBits(bytes)),
  fc.string({ unit: 'grapheme', maxLength: 40 }).map(derUtf8),
  fc.boolean().map(derBoolean),
  fc.constant(derNull()),
  fc.tuple(fc.nat(30), fc.uint8Array({ maxLength: 20 })).map(([tag, bytes]) => derContextPrimitive(tag, bytes)),
);
const tree = fc.letrec<{ node: Uint8Array; leaf: Uint8Array }>((tie) => ({
  leaf,
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('node'), { maxLength: 5 }).map((parts) => derSequence(...parts)),
    fc.array(tie('node'), { maxLength: 4 }).map((parts) => derSetOf(...parts)),
    fc.array(tie('node'), { maxLength: 3 }).map((parts) => derContext(2, ...parts)),
  ),
})).node;

test('what is written reads, and writes the same again', () => {
  fc.assert(
    fc.property(tree, (bytes) => {
      const node = readDer(bytes);
      assert.deepEqual(Buffer.from(again(node)), Buffer.from(bytes));
      assert.deepEqual(Buffer.from(fromBer(bytes).der), Buffer.from(bytes));
    }),
    { numRuns: 500 },
  );
});

test('every encoding that is accepted is the only one of its value', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 2, maxLength: 24 }), (bytes) => {
      let node: DerNode;
      try {
        node = readDer(bytes);
      } catch (error) {
        assert.ok(AnjuanError.is(error, 'der-malformed'));
        return;
      }
      assert.deepEqual(Buffer.from(again(node)), Buffer.from(bytes));
    }),
    { numRuns: 3000 },
  );
});

test('values survive the round trip', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(1n << 2000n), max: 1n << 2000n }), (value) => {
      assert.equal(readInteger(readDer(derInteger(value))), value);
    }),
  );
  const arcs = fc.array(fc.bigInt({ min: 0n, max: (1n << 120n) - 1n }), { maxLength: 8 });
  fc.assert(
    fc.property(fc.constantFrom('0.5', '1.39', '2.999', '2.5'), arcs, (head, rest) => {
      const text = [head, ...rest].join('.');
      assert.equal(readOid(readDer(derOid(text))), text);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      assert.equal(readInteger(readDer(derUnsigned(bytes))), BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1950, 0) / 1000, max: Date.UTC(2200, 0) / 1000 }), (seconds) => {
      assert.equal(readTime(readDer(derTime(seconds * 1000))), seconds * 1000);
      assert.equal(readTime(readDer(derGeneralizedTime(seconds * 1000))), seconds * 1000);
    }),
  );
  assert.equal(readDer(derTime(Date.UTC(2049, 11, 31))).tag, tags.utcTime);
  assert.equal(readDer(derTime(Date.UTC(2050, 0))).tag, tags.generalizedTime);
  for (const write of [derUtf8, derIa5, derPrintable]) assert.equal(readText(readDer(write('ab 1'))), 'ab 1');
  assert.equal(readText(readDer(derUtf8('和安市'))), '和安市');
});

test('a SET OF is written in the order of its encodings', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 5 }).map(derOctets), { maxLength: 6 }), (members) => {
      const read = readDer(derSetOf(...members)).children.map(({ bytes }) => bytes);
      read.slice(1).forEach((bytes, index) => assert.ok(compareBytes(read[index] ?? bytes, bytes) <= 0));
    }),
  );
});

test('offsets name the place in the outermost input', () => {
  const bytes = derSequence(derInteger(1), derSequence(derNull(), derOctets(new Uint8Array(200))));
  const inner = readDer(bytes).children[1]?.children[1];
  assert.equal(inner?.offset, bytes.byteLength - 203);
  assert.equal(readElements(bytes)[1]?.children[1]?.offset, bytes.byteLength - 203);
});

test('encodings that DER forbids are refused, each with its reason', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', 'truncated'],
    ['30', 'truncated'],
    ['30 03 02 01', 'truncated'],
    ['30 02 02 01', 'truncated'],
    ['30 01 02 01 05', 'trailing-bytes'],
    ['02 01 05 00', 'trailing-bytes'],
    ['30 80 00 00', 'indefinite-length'],
    ['02 81 01 05', 'length-not-minimal'],
    ['04 82 00 01 05', 'length-not-minimal'],
    ['04 82 00 ff', 'length-not-minimal'],
    ['04 85 01 00 00 00 00', 'length-too-large'],
    ['04 84 ff ff ff ff', 'truncated'],
    ['ff', 'length-too-large'],
    ['9f 1e 00', 'tag-not-minimal'],
    ['9f 80 1f 00', 'tag-not-minimal'],
    ['9f ff ff ff ff ff 7f 00', 'tag-too-large'],
    ['24 03 04 01 05', 'constructed-bit'],
    ['22 03 02 01 05', 'constructed-bit'],
    ['10 00', 'constructed-bit'],
    ['31 04 24 02 04 00', 'constructed-bit'],
    [`${'30 80 '.repeat(3)}`, 'indefinite-length'],
  ];
  for (const [text, reason] of cases) {
    const got = reasonOf(() => readDer(hex(text)));
    // A lone FF is a long tag that never ends.
    assert.equal(got, text === 'ff' ? 'truncated' : reason, text);
  }
  let deep: Uint8Array = derNull();
  for (let depth = 0; depth < 60; depth += 1) deep = derSequence(deep);
  assert.equal(
    reasonOf(() => readDer(deep)),
    'too-complex',
  );
  assert.equal(readDer(hex('02 01 05 00'), { allowTrailing: true }).bytes.byteLength, 3);
});

test('values that DER forbids are refused, each with its reason', () => {
  const read = (reader: (node: DerNode) => unknown, text: string): unknown =>
    reasonOf(() => reader(readDer(hex(text))));
  assert.equal(read(readInteger, '02 00'), 'integer-empty');
  assert.equal(read(readInteger, '02 02 00 05'), 'integer-not-minimal');
  assert.equal(read(readInteger, '02 02 ff 80'), 'integer-not-minimal');
  assert.equal(read(readInteger, '04 01 05'), 'not-an-integer');
  assert.equal(read(readSmallInteger, '02 05 01 00 00 00 00'), 'integer-too-large');
  assert.equal(read(readBoolean, '01 01 01'), 'not-a-boolean');
  assert.equal(read(readBoolean, '01 02 ff ff'), 'not-a-boolean');
  assert.equal(read(readOid, '06 00'), 'not-an-oid');
  assert.equal(read(readOid, '06 02 80 01'), 'oid-not-minimal');
  assert.equal(read(readOid, '06 01 80'), 'oid-not-minimal');
  assert.equal(read(readOid, '06 01 81'), 'truncated');
  assert.equal(read(readOid, `06 14 ${'ff '.repeat(19)}7f`), 'oid-too-large');
  assert.equal(read(readOctets, '05 00'), 'not-octets');
  assert.equal(read(readBits, '03 00'), 'not-bits');
  assert.equal(read(readBits, '03 02 08 00'), 'not-bits');
  assert.equal(read(readBits, '03 01 01'), 'bits-not-minimal');
  assert.equal(read(readBits, '03 02 03 07'), 'bits-not-minimal');
  assert.equal(read(readText, '0c 02 ff fe'), 'text-not-utf8');
  assert.equal(read(readText, '1e 01 41'), 'text-not-bmp');
  assert.equal(read(readText, '04 01 41'), 'not-text');
  assert.equal(
    read((node) => expectUniversal(node, tags.set, node), '30 00'),
    'unexpected-tag',
  );
  for (const text of [
    '250101000000',
    '2501010000Z',
    '251301000000Z',
    '250230000000Z',
    '250101240000Z',
    '25010100000aZ',
  ])
    assert.equal(
      reasonOf(() => readTime(readDer(der(tags.utcTime, new TextEncoder().encode(text))))),
      'not-a-time',
      text,
    );
});

test('BER: indefinite lengths and strings in pieces become DER, what never ends is refused', () => {
  const turn = (text: string): string => Buffer.from(fromBer(hex(text)).der).toString('hex');
  assert.equal(turn('30 80 02 01 05 00 00'), '3003020105');
  assert.equal(turn('24 80 04 01 aa 04 01 bb 00 00'), '0402aabb');
  assert.equal(turn('24 06 04 01 aa 04 01 bb'), '0402aabb');
  assert.equal(turn('24 80 24 80 04 01 aa 00 00 04 01 bb 00 00'), '0402aabb');
  assert.equal(turn('30 81 03 02 01 05'), '3003020105');
  assert.equal(fromBer(hex('30 80 00 00 07')).usedBytes, 4);
  for (const text of [
    '',
    '30 80',
    '30 80 00',
    '30 80 02 01',
    '04 80 00 00',
    '30 05 02 01 05',
    '1f 81 00',
    `${'30 80 '.repeat(60)}`,
  ])
    assert.notEqual(
      reasonOf(() => fromBer(hex(text))),
      'no error',
      text,
    );
});

test('changed structures give typed errors only', () => fuzz({ seed: 11, runs: 4000 }));
