import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { posReports } from '../../../testing/hid-scanner-fake.js';
import { PosAssembler, type PosResult } from './pos-report.js';
import { symbologyOf } from './symbology.js';

const scan = (text: string, aim: string, lead: readonly number[] = []): PosResult[] => {
  const assembler = new PosAssembler();
  return posReports(new TextEncoder().encode(text), aim, lead).map((report) => assembler.push(report));
};

describe('reports of HID POS scanners', () => {
  test('one report is a barcode with its symbology', () => {
    assert.deepEqual(scan('ZY0001234', ']C0'), [
      { status: 'barcode', barcode: { text: 'ZY0001234', symbology: 'code128' } },
    ]);
  });

  test('the identifier may stand one byte later', () => {
    assert.deepEqual(scan('ZY1', ']A0', [0x7f]), [
      { status: 'barcode', barcode: { text: 'ZY1', symbology: 'code39' } },
    ]);
  });

  test('long and Chinese texts come in several reports, joined before they are decoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (raw) => {
        const text = `住${raw.replace(/[\r\n]/g, '')}院`;
        const results = scan(text, ']Q1');
        assert.deepEqual(results.pop(), { status: 'barcode', barcode: { text, symbology: 'qr-code' } });
        assert.ok(results.every(({ status }) => status === 'pending'));
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  test('a carriage return that the scanner appends is no part of the text', () => {
    assert.deepEqual(scan('123456\r', ']d2')[0], {
      status: 'barcode',
      barcode: { text: '123456', symbology: 'data-matrix' },
    });
  });

  test('bytes that are no UTF-8 are taken one by one', () => {
    const [report] = posReports(Uint8Array.of(0xff, 0x41), ']C1');
    assert.ok(report);
    assert.deepEqual(new PosAssembler().push(report), {
      status: 'barcode',
      barcode: { text: 'ÿA', symbology: 'gs1-128' },
    });
  });

  test('a wrong length, no identifier or a short report is malformed and forgets what was pending', () => {
    const assembler = new PosAssembler();
    const [first, second] = posReports(new Uint8Array(100).fill(0x31), ']C0');
    assert.ok(first && second);
    const wrong: Record<string, Uint8Array> = {
      length: first.map((byte, index) => (index === 0 ? 57 : byte)),
      identifier: first.map((byte, index) => (index === 1 ? 0x20 : byte)),
      short: first.subarray(0, 62),
      empty: new Uint8Array(0),
    };
    for (const [name, report] of Object.entries(wrong)) {
      assert.equal(assembler.push(first).status, 'pending');
      assert.equal(assembler.push(report).status, 'malformed', name);
      assert.deepEqual(assembler.push(second), {
        status: 'barcode',
        barcode: { text: '1'.repeat(44), symbology: 'code128' },
      });
    }
  });

  test('a scanner that never ends a barcode is stopped', () => {
    const assembler = new PosAssembler();
    const [report] = posReports(new Uint8Array(100).fill(0x31), ']C0');
    assert.ok(report);
    const results = Array.from({ length: 200 }, () => assembler.push(report).status);
    assert.ok(results.includes('malformed'));
  });
});

test('identifiers of the symbologies that hospitals use', () => {
  const known = [']A0', ']C0', ']C1', ']d2', ']z0', ']Q1', ']L0', ']I0', ']X0', 'A0', ']C', ']CC0'];
  assert.deepEqual(known.map(symbologyOf), [
    'code39',
    'code128',
    'gs1-128',
    'data-matrix',
    'aztec',
    'qr-code',
    'pdf417',
    'itf',
    'other',
    undefined,
    undefined,
    undefined,
  ]);
});
