import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { bytesSource } from '../../bytes/byte-source.js';
import type { PdfFile } from '../pdf-file.js';
import { readCoverage } from './coverage.js';
import { openPdf } from './open-pdf.js';
import { listPages } from './pages.js';
import { scanObjects } from './scan.js';
import { listSignatureFields } from './signatures.js';
import { draftPage, PdfDraft } from './testing/pdf-draft.js';

const open = (draft: PdfDraft): Promise<PdfFile> => openPdf(bytesSource(draft.bytes()));
const saved = (draft: PdfDraft): Promise<PdfFile> => open(draft.end(draft.table()));

test('signature fields carry name, place, lock and what they hold', async () => {
  const draft = draftPage(new PdfDraft(), '/AcroForm << /Fields [4 0 R 8 0 R 12 0 R] >> /Perms << /DocMDP 7 0 R >>')
    .object(3, '<< /Type /Page /Parent 2 0 R /Annots [6 0 R 8 0 R] >>')
    // The parent gives the type; its name is UTF-16BE.
    .object(4, '<< /FT /Sig /T <FEFF79D15BA4> /Kids [5 0 R] >>')
    .object(
      5,
      '<< /T (doctor) /Parent 4 0 R /V 7 0 R /Kids [6 0 R] /Lock << /Action /Include /Fields [(a) (b)] /P 2 >> >>',
    )
    .object(6, '<< /Subtype /Widget /Parent 5 0 R /Rect [100 200 50 20] /P 3 0 R >>')
    .object(
      7,
      '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 10 20 30] /Contents <30820000>' +
        ' /M (D:20260101) /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 >> >>' +
        ' << /TransformMethod /FieldMDP /TransformParams << /Action /Exclude /Fields [(note)] >> >>] >>',
    )
    .object(8, '<< /FT /Sig /T (empty) /Subtype /Widget /Rect [0 0 0 0] >>')
    .object(9, '<< >>')
    .object(12, '<< /FT /Tx /T (text) >>');
  const bytes = draft.end(draft.table()).bytes();
  const fields = await listSignatureFields(await openPdf(bytesSource(bytes)));
  assert.deepEqual(
    fields.map(({ name, widgetRefs, pageIndexes, rect }) => [name, widgetRefs[0]?.number, pageIndexes, rect]),
    [
      ['科室.doctor', 6, [0], [50, 20, 100, 200]],
      ['empty', 8, [0], [0, 0, 0, 0]],
    ],
  );
  const [signed, empty] = fields;
  assert.equal(empty?.value, undefined);
  assert.deepEqual(signed?.lock, { action: 'Include', fields: ['a', 'b'], permissions: 2 });
  const value = signed?.value;
  assert.deepEqual(
    [
      value?.kind,
      value?.filter,
      value?.subFilter,
      value?.byteRange,
      value?.docMdp,
      value?.certifies,
      value?.mByM,
      value?.revision,
    ],
    ['Sig', 'Adobe.PPKLite', 'ETSI.CAdES.detached', [0, 10, 20, 30], 1, true, 'D:20260101', 0],
  );
  assert.deepEqual(value?.fieldMdp, { action: 'Exclude', fields: ['note'] });
  const [offset = 0, length = 0] = value?.contentsSpan ?? [];
  assert.equal(Buffer.from(bytes.subarray(offset, offset + length)).toString(), '<30820000>');
});

test('a value that is damaged is a value, never an unsigned field', async () => {
  const values = ['9 0 R', '(text)', '<< /ByteRange [0 (x)] /Contents 5 >>', '<< /Type /DocTimeStamp >>', 'null'];
  const found = [];
  for (const value of values) {
    const draft = draftPage(new PdfDraft(), '/AcroForm << /Fields [4 0 R] >>');
    const file = await saved(draft.object(4, `<< /FT /Sig /T (s) /V ${value} >>`));
    found.push((await listSignatureFields(file))[0]?.value);
  }
  assert.deepEqual(
    found.map((value) => value && [value.problem, value.kind, value.byteRange, value.contents, value.contentsSpan]),
    [
      ['missing-object', 'Sig', undefined, undefined, undefined],
      ['not-a-dictionary', 'Sig', undefined, undefined, undefined],
      [undefined, 'Sig', undefined, undefined, undefined],
      [undefined, 'DocTimeStamp', undefined, undefined, undefined],
      undefined,
    ],
  );
});

test('the value in force is the one of the asked revision', async () => {
  const draft = draftPage(new PdfDraft(), '/AcroForm << /Fields [4 0 R] >>').object(4, '<< /FT /Sig /T (s) >>');
  const first = draft.table();
  draft.end(first).object(4, '<< /FT /Sig /T (s) /V 5 0 R >>').object(5, '<< /Contents <00> /ByteRange [0 1 2 3] >>');
  draft.end(draft.table({ prev: first }));
  const file = await open(draft);
  assert.equal((await listSignatureFields(file, { revision: 0 }))[0]?.value, undefined);
  assert.equal((await listSignatureFields(file))[0]?.value?.revision, 1);
});

test('field and page trees that are loops end in an error', async () => {
  const limit = (error: unknown): boolean => AnjuanError.is(error, 'pdf-limits-exceeded');
  const fields = draftPage(new PdfDraft(), '/AcroForm << /Fields [4 0 R] >>')
    .object(4, '<< /FT /Sig /T (a) /Kids [5 0 R] >>')
    .object(5, '<< /T (b) /Kids [4 0 R] >>');
  await assert.rejects(listSignatureFields(await saved(fields)), limit);
  const pages = draftPage().object(2, '<< /Type /Pages /Kids [3 0 R 2 0 R] >>');
  await assert.rejects(listPages(await saved(pages)), limit);
  const twice = draftPage().object(2, '<< /Type /Pages /Kids [3 0 R 3 0 R] >>');
  await assert.rejects(listPages(await saved(twice)), limit);
});

test('pages inherit boxes and rotation, and the crop stays inside the media', async () => {
  const draft = draftPage()
    .object(2, '<< /Type /Pages /Kids [3 0 R 4 0 R] /MediaBox [0 0 600 800] /Rotate 450 >>')
    .object(4, '<< /Type /Pages /Kids [5 0 R] /CropBox [10 10 900 700] /Rotate -90 >>')
    .object(5, '<< /Type /Page /MediaBox 6 0 R >>')
    .object(6, '[400 500 0 0]');
  const pages = await listPages(await saved(draft));
  assert.deepEqual(
    pages.map(({ ref, mediaBox, cropBox, rotate }) => [ref.number, mediaBox, cropBox, rotate]),
    [
      [3, [0, 0, 600, 800], [0, 0, 600, 800], 90],
      [5, [0, 0, 400, 500], [10, 10, 400, 500], 270],
    ],
  );
});

test('bytes of no object are found and named', async () => {
  const draft = draftPage().raw('% a comment\n');
  const first = draft.table();
  const start = draft.end(first).offset;
  draft.raw('77 0 obj << /Evil true >> endobj\nxref trailer startxref %%EOF\n12 3 obj');
  const end = draft.offset;
  draft.raw('\n').object(3, '<< /Type /Page /Parent 2 0 R >>');
  draft.end(draft.table({ prev: first }));
  const file = await open(draft);
  const { unexplained, overlaps, unreadable } = await readCoverage(file);
  assert.deepEqual([unexplained, overlaps, unreadable], [[[start, end - start]], [], []]);
  const tokens = await scanObjects(file, start, end);
  assert.deepEqual(
    tokens.map(({ kind, number, generation }) => (kind === 'object' ? [number, generation] : kind)),
    [[77, 0], 'xref', 'trailer', 'startxref', 'eof', [12, 3]],
  );
  assert.equal(tokens[0]?.offset, start);
});

test('a token that two chunks share is found once', async () => {
  for (const shift of [-6, -3, 0, 1]) {
    const bytes = new Uint8Array(600_000).fill(32);
    const text = '12 0 obj';
    bytes.set(Buffer.from(text), 262_144 + shift);
    const tokens = await scanObjects({ source: bytesSource(bytes) }, 0, bytes.byteLength);
    assert.deepEqual(tokens, [{ kind: 'object', offset: 262_144 + shift, number: 12, generation: 0 }]);
  }
});

test('objects that overlap are evidence', async () => {
  const draft = draftPage().object(4, '(outer 5 0 obj << >> endobj)');
  const inner = Buffer.from(draft.bytes()).indexOf('5 0 obj');
  const { offset } = draft;
  const places = [1, 2, 3, 4].map((number) => Buffer.from(draft.bytes()).indexOf(`\n${number} 0 obj`) + 1);
  const rows = [...places, inner].map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  draft.raw(`xref\n0 6\n0000000000 65535 f \n${rows}trailer << /Size 6 /Root 1 0 R >>\n`).end(offset);
  const { overlaps } = await readCoverage(await open(draft));
  assert.deepEqual(overlaps, [[inner, '5 0 obj << >> endobj'.length]]);
});
