import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesSource } from '../bytes/byte-source.js';
import { inputShapes, tableShape } from '../testing/shapes.js';
import { lintBeforeSigning } from './index.js';
import type { LintFinding } from './lint.js';
import { toBytes, toText } from './testing/append-update.js';
import { appearance, formDocument } from './testing/form-document.js';

const idsOf = async (bytes: Uint8Array): Promise<LintFinding['id'][]> =>
  (await lintBeforeSigning(bytesSource(bytes))).map(({ id }) => id);
const stream = (dict = '', content = 'x'): string =>
  `<< ${dict} /Length ${String(content.length)} >>\nstream\n${content}\nendstream`;
const note = (more: string): string => `<< /Type /Annot /Subtype /FreeText ${more} >>`;
const field = (more: string): string => `<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) ${more} >>`;

describe('lint before signing', () => {
  for (const shape of inputShapes()) {
    it(`finds nothing in a plain file with ${shape.name}`, async () => {
      const secret = shape.password === undefined ? {} : { password: shape.password };
      const found = await lintBeforeSigning(bytesSource(shape.bytes), secret);
      assert.deepEqual(
        found.filter(({ id }) => id !== 'xref'),
        [],
      );
    });
  }

  const cases: readonly (readonly [LintFinding['id'], Uint8Array])[] = [
    ['unused', formDocument()],
    ['active', tableShape({ catalog: '/OpenAction << /S /GoTo /D [3 0 R /Fit] >>' })],
    ['active', tableShape({ page: '/AA << /O << /S /JavaScript /JS (1) >> >>' })],
    ['xfa', tableShape({ catalog: '/AcroForm << /Fields [] /XFA 9 0 R >>', objects: { 9: stream() } })],
    ['regenerates', tableShape({ catalog: '/AcroForm << /Fields [] /NeedAppearances true >>' })],
    ['external', tableShape({ catalog: '/Metadata 9 0 R', objects: { 9: stream('/F (other.xml)') } })],
    ['embedded', tableShape({ catalog: '/Names << /EmbeddedFiles << /Names [] >> >>' })],
    [
      'layers',
      tableShape({
        catalog: '/OCProperties << /OCGs [9 0 R] /D << /OFF [9 0 R] >> >>',
        objects: { 9: '<< /Type /OCG /Name (a) >>' },
      }),
    ],
    [
      'overlaid',
      tableShape({
        page: '/Annots [9 0 R 10 0 R]',
        objects: { 9: note('/Rect [10 10 60 60]'), 10: note('/Rect [50 50 90 90]') },
      }),
    ],
    [
      'covers',
      tableShape({
        page: '/Annots [9 0 R]',
        objects: { 9: note('/Rect [70 700 300 740] /AP << /N 10 0 R >>'), 10: appearance('1 g 0 0 200 20 re f') },
      }),
    ],
    [
      'invisible',
      tableShape({
        page: '/Annots [9 0 R]',
        catalog: '/AcroForm << /Fields [9 0 R] >>',
        objects: { 9: field('/Rect [70 700 300 740]') },
      }),
    ],
  ];
  for (const [id, bytes] of cases) {
    it(`finds ${id}`, async () => {
      const found = await lintBeforeSigning(bytesSource(bytes));
      assert.ok(
        found.some((finding) => finding.id === id),
        JSON.stringify(found),
      );
      for (const { reason } of found) assert.ok(reason['zh-CN'] && reason.en);
    });
  }

  it('finds objects that the cross-reference does not know, and numbers left out', async () => {
    const text = toText(tableShape({ objects: { 9: '<< /Hidden true >>' }, catalog: '/X 9 0 R' }));
    const row = /\d{10} 00000 n \n(?=trailer)/.exec(text)?.[0] ?? '';
    const hidden = toBytes(text.replace(row, '0000000000 65535 f \n'));
    assert.ok((await idsOf(hidden)).includes('outside'));
    const fragmented = toBytes(
      text.replace(/xref\n0 10\n((?:\d{10} \d{5} [fn] \n){7})(?:\d{10} \d{5} f \n){2}/, 'xref\n0 7\n$19 1\n'),
    );
    assert.ok((await idsOf(fragmented)).includes('xref'));
  });

  it('refuses what is no PDF', async () => {
    await assert.rejects(lintBeforeSigning(bytesSource(toBytes('no'))), { code: 'pdf-malformed' });
  });
});
