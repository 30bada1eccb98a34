import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { crc16 } from './crc16.js';
import { findSeparator, formatSeparator, parseSeparator, type Separator } from './payload.js';
import { splitBySeparators, type ScannedPage } from './split-by-separators.js';

const anySeparator: fc.Arbitrary<Separator> = fc.record(
  {
    type: fc.constantFrom('document', 'cover'),
    encounter: fc
      .string({ unit: 'grapheme-composite', minLength: 1, maxLength: 30 })
      .filter((text) => text.length <= 64),
    category: fc.stringMatching(/^[A-Za-z0-9._-]{1,32}$/),
    seq: fc.integer({ min: 0, max: 99_999_999 }),
  },
  { requiredKeys: ['type'], noNullPrototype: true },
);

describe('the text of a sheet', () => {
  test('the checksum is the published one', () => {
    assert.equal(crc16(new TextEncoder().encode('123456789')), 0x29b1);
  });

  test('is compact and stable: printed sheets outlive versions', () => {
    const text = formatSeparator({ type: 'document', encounter: 'ZY990001', category: 'C0013', seq: 7 });
    assert.match(text, /^ANJ:1:D:ZY990001:C0013:7:[0-9A-F]{4}$/);
    assert.equal(text, 'ANJ:1:D:ZY990001:C0013:7:07C2');
  });

  test('reads as it was printed, whatever the ids are', () => {
    fc.assert(
      fc.property(anySeparator, (separator) => {
        fc.pre(!/[\p{Cc}\p{Cs}]/u.test(separator.encounter ?? ''));
        assert.deepEqual(parseSeparator(formatSeparator(separator)), { status: 'separator', separator });
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  test('one wrong character is noticed', () => {
    const text = formatSeparator({ type: 'cover', encounter: 'ZY990001', seq: 12 });
    for (let at = 4; at < text.length; at += 1) {
      const wrong = text.slice(0, at) + (text[at] === '5' ? '6' : '5') + text.slice(at + 1);
      assert.deepEqual(parseSeparator(wrong), { status: 'damaged', reason: 'checksum' });
      assert.equal(parseSeparator(text.slice(0, at)).status, 'damaged');
    }
  });

  test('other barcodes are not ours', () => {
    for (const text of ['', 'ZY990001', 'https://example.org', 'ANJ', 'anj:1:D::::0000']) {
      assert.deepEqual(parseSeparator(text), { status: 'not-ours' });
    }
  });

  test('a newer sheet and impossible content are told apart', () => {
    const sealed = (body: string): string =>
      body + crc16(new TextEncoder().encode(body)).toString(16).toUpperCase().padStart(4, '0');
    assert.deepEqual(parseSeparator(sealed('ANJ:2:D:::7:')), { status: 'damaged', reason: 'version' });
    for (const body of ['ANJ:1:X:::7:', 'ANJ:1:D:%E4%:::', 'ANJ:1:D::a b:7:', 'ANJ:1:D:::123456789:', 'ANJ:1:D::7:']) {
      assert.deepEqual(parseSeparator(sealed(body)), { status: 'damaged', reason: 'fields' }, body);
    }
  });

  test('impossible sheets are not printed', () => {
    const wrong: Separator[] = [
      { type: 'document', category: 'a:b' },
      { type: 'document', category: '' },
      { type: 'document', seq: -1 },
      { type: 'document', seq: 1.5 },
      { type: 'cover', encounter: 'x'.repeat(65) },
      { type: 'cover', encounter: '' },
      { type: 'cover', encounter: '\ud800' },
      { type: 'cover', encounter: 'a\nb' },
    ];
    for (const separator of wrong) assert.throws(() => formatSeparator(separator), { code: 'invalid-argument' });
  });

  test('is found among other codes of the page', () => {
    const sheet: Separator = { type: 'document', category: 'C0013' };
    const codes = ['ZY990001', 'ANJ:1:D::::0000', formatSeparator(sheet)].map((text) => ({ text }));
    assert.deepEqual(findSeparator(codes), sheet);
    assert.equal(findSeparator(codes.slice(0, 2)), undefined);
  });
});

describe('a batch is cut at its sheets', () => {
  const page = (name: string): ScannedPage & { name: string } => ({ name });
  const sheet = (separator: Separator): ScannedPage & { name: string } => ({ name: 'sheet', separator });
  const cut = (...pages: readonly (ScannedPage & { name: string })[]): string[] =>
    splitBySeparators(pages).map(
      ({ pages: own, encounter, category }) =>
        `${encounter ?? '-'}/${category ?? '-'}: ${own.map(({ name }) => name).join(' ')}`,
    );

  test('without sheets it is one document; without pages none', () => {
    assert.deepEqual(cut(page('a'), page('b')), ['-/-: a b']);
    assert.deepEqual(cut(), []);
  });

  test('a sheet begins a document of its type', () => {
    const cuts = cut(page('a'), sheet({ type: 'document', category: 'C1' }), page('b'), page('c'));
    assert.deepEqual(cuts, ['-/-: a', '-/C1: b c']);
  });

  test('sheets that follow one another, at the begin and at the end, make no empty documents', () => {
    const one: Separator = { type: 'document', category: 'C1' };
    const two: Separator = { type: 'document', category: 'C2' };
    assert.deepEqual(cut(sheet(one), sheet(one), sheet(two), page('a'), sheet(one), sheet(one)), ['-/C2: a']);
    assert.deepEqual(cut(sheet(one), sheet(two)), []);
  });

  test('a cover holds for all its documents, until the next cover', () => {
    assert.deepEqual(
      cut(
        sheet({ type: 'cover', encounter: 'E1' }),
        sheet({ type: 'document', category: 'C1' }),
        page('a'),
        sheet({ type: 'document', category: 'C2' }),
        page('b'),
        sheet({ type: 'document', encounter: 'E9' }),
        page('c'),
        sheet({ type: 'document' }),
        page('d'),
        sheet({ type: 'cover', encounter: 'E2' }),
        page('e'),
        sheet({ type: 'cover' }),
        page('f'),
      ),
      ['E1/C1: a', 'E1/C2: b', 'E9/-: c', 'E1/-: d', 'E2/-: e', '-/-: f'],
    );
  });

  test('no page is lost, doubled or moved, and no document is empty', () => {
    fc.assert(
      fc.property(fc.array(fc.option(anySeparator, { nil: undefined })), (marks) => {
        const pages = marks.map((separator, index) => ({ index, ...(separator ? { separator } : {}) }));
        const documents = splitBySeparators(pages);
        assert.deepEqual(
          documents.flatMap((document) => document.pages),
          pages.filter(({ separator }) => !separator),
        );
        assert.ok(documents.every((document) => document.pages.length > 0));
      }),
      { numRuns: 200, seed: 6 },
    );
  });
});
