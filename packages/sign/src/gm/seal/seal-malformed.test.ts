import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDer, type DerNode } from '../../der/read.js';
import { der } from '../../der/write.js';
import { parseSeal, parseSesSignature, verifySeal } from '../index.js';
import { fromHex, utf8 } from '../testing/hex.js';
import { sealTimes, testSeal } from '../testing/test-seal.js';
import { fuzz } from './seal.fuzz.js';
import { readVersion1Time } from './seal-time.js';

const honest = await testSeal({ extensions: [{ oid: '1.2.3', critical: true, value: utf8('x') }] });
const old = await testSeal({ version: 1 });

type Change = (children: Uint8Array[]) => void;

/** The DER with the children of the element at a path changed. */
function edit(bytes: Uint8Array, path: readonly number[], change: Change): Uint8Array {
  const rebuild = (node: DerNode, rest: readonly number[]): Uint8Array => {
    const [at, ...deeper] = rest;
    const children = node.children.map((child, index) => (index === at ? rebuild(child, deeper) : child.bytes));
    if (at === undefined) change(children);
    return der(node.bytes[0] ?? 0, ...children);
  };
  return rebuild(readDer(bytes), path);
}

const replace =
  (at: number, hex: string): Change =>
  (children) => {
    children[at] = fromHex(hex);
  };
const drop =
  (at: number): Change =>
  (children) => {
    children.splice(at, 1);
  };
const append: Change = (children) => {
  children.push(fromHex('0500'));
};

const cases: readonly (readonly [why: string, seal: Uint8Array])[] = [
  ['nothing', new Uint8Array(0)],
  ['text', utf8('ES')],
  ['trailing byte', Uint8Array.of(...honest, 0)],
  ['cut', honest.subarray(0, -1)],
  ['a field more', edit(honest, [], append)],
  ['no maker signature', edit(honest, [], drop(3))],
  ['no certificate', edit(honest, [], drop(1))],
  ['certificate as BIT STRING', edit(honest, [], replace(1, '03020001'))],
  ['algorithm as SEQUENCE', edit(honest, [], replace(2, '3003060101'))],
  ['signature as OCTET STRING', edit(honest, [], replace(3, '040101'))],
  ['signature with unused bits', edit(honest, [], replace(3, '0302 0410'))],
  ['header missing', edit(honest, [0], drop(0))],
  ['header id EX', edit(honest, [0, 0], replace(0, '16024558'))],
  ['header id as UTF8String', edit(honest, [0, 0], replace(0, '0c024553'))],
  ['header version as text', edit(honest, [0, 0], replace(1, '160134'))],
  ['header version padded', edit(honest, [0, 0], replace(1, '02020004'))],
  ['header with a field more', edit(honest, [0, 0], append)],
  ['vendor not ASCII', edit(honest, [0, 0], replace(2, '1602e58c'))],
  ['seal id as number', edit(honest, [0], replace(1, '020101'))],
  ['property missing', edit(honest, [0], drop(2))],
  ['name not UTF-8', edit(honest, [0, 2], replace(1, '0c02ff41'))],
  ['name as IA5String', edit(honest, [0, 2], replace(1, '160141'))],
  ['list type 3', edit(honest, [0, 2], replace(2, '020103'))],
  ['list type 2 over certificates', edit(honest, [0, 2], replace(2, '020102'))],
  ['list type missing', edit(honest, [0, 2], drop(2))],
  ['list empty', edit(honest, [0, 2], replace(3, '3000'))],
  ['list of numbers', edit(honest, [0, 2], replace(3, '3003020101'))],
  ['list as SET', edit(honest, [0, 2], replace(3, '3103040101'))],
  ['time as UTCTime', edit(honest, [0, 2], replace(4, '170d3236303130363030303030305a'))],
  ['time without zone', edit(honest, [0, 2], replace(4, '180e3230323630313036303030303030'))],
  ['month 13', edit(honest, [0, 2], replace(5, '180f32303236313330363030303030305a'))],
  ['end before start', edit(honest, [0, 2], replace(6, '180f32303230303130363030303030305a'))],
  ['property with a field more', edit(honest, [0, 2], append)],
  ['picture width 0', edit(honest, [0, 3], replace(2, '020100'))],
  ['picture width negative', edit(honest, [0, 3], replace(2, '0201ff'))],
  ['picture height 2^40', edit(honest, [0, 3], replace(3, '0206010000000000'))],
  ['picture data constructed', edit(honest, [0, 3], replace(1, '2403040101'))],
  ['extensions as number', edit(honest, [0], replace(4, '020101'))],
  ['extension without value', edit(honest, [0, 4, 0], drop(2))],
  ['extension TRUE as 01', edit(honest, [0, 4, 0], replace(1, '010101'))],
  ['second extensions', edit(honest, [0], append)],
  ['version 1: sign info with a field more', edit(old, [1], append)],
  ['version 1: sign info empty', edit(old, [1], (children) => children.splice(0))],
  ['version 1: list of text', edit(old, [0, 2], replace(2, '3003160131'))],
  ['version 1: list type as in version 4', edit(old, [0, 2], (children) => children.splice(2, 0, fromHex('020101')))],
];

test(`${cases.length} malformed seals are 'seal-malformed', with a reason and without their content`, () => {
  assert.ok(parseSeal(honest));
  assert.ok(parseSeal(old));
  for (const [why, seal] of cases) {
    assert.throws(
      () => parseSeal(seal),
      (error: { code?: string; details?: Record<string, unknown> }) =>
        error.code === 'seal-malformed' && /^[a-z0-9-]+$/.test(String(error.details?.['reason'])),
      why,
    );
    assert.throws(() => parseSesSignature(seal), { code: 'seal-malformed' }, why);
  }
});

test('what makers are known to write a little differently is read', async () => {
  const utc = '170d3236303130363030303030305a';
  const general = '180f32303236303130363030303030305a';
  assert.equal(parseSeal(edit(old, [0, 2], replace(4, general))).validFromMs, parseSeal(old).validFromMs);
  assert.equal(parseSeal(edit(old, [0, 2], replace(4, utc))).validFromMs, sealTimes.from);
  const written = edit(honest, [0, 4, 0], replace(1, '010100'));
  assert.equal(parseSeal(written).extensions[0]?.critical, false);
  const five = parseSeal(edit(honest, [0, 0], replace(1, '020105')));
  assert.equal(five.version, 5);
  const stamped = edit(five.der, [], (children) => children.push(fromHex('a004030200aa')));
  assert.deepEqual(parseSeal(stamped).makerTimestamp, fromHex('aa'));
  const two = parseSeal(edit(honest, [0, 0], replace(1, '020102')));
  const { findings } = await verifySeal(two, { atMs: sealTimes.used });
  assert.equal(findings.find(({ id }) => id === 'seal-version')?.reason, 'version-differs');
});

test('times of version 1 are read in every way that is seen', () => {
  const timeMs = Date.UTC(2026, 5, 1, 10, 30);
  assert.deepEqual(readVersion1Time(utf8('20260601103000Z')), { kind: 'claimed', timeMs });
  assert.deepEqual(readVersion1Time(utf8('260601103000Z')), { kind: 'claimed', timeMs });
  const tagged = fromHex('180f32303236303630313130333030305a');
  assert.deepEqual(readVersion1Time(tagged), { kind: 'claimed', timeMs });
  assert.equal(readVersion1Time(fromHex('3003020101')).kind, 'token');
  for (const bytes of [utf8('20261301103000Z'), utf8('soon'), fromHex('0500'), new Uint8Array(0)]) {
    assert.equal(readVersion1Time(bytes).kind, 'unknown');
  }
});

test('damaged seals never do anything but fail with a code', async () => {
  await fuzz({ seed: 7, runs: 3000 });
});
