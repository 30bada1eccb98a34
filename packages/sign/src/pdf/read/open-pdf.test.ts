import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { AnjuanError, type ErrorCode } from '@anjuan/core';
import { bytesSource, joinSources, type ByteSource } from '../../bytes/byte-source.js';
import { isDict, isString, pdfRef, type PdfObject } from '../objects.js';
import type { PdfFile } from '../pdf-file.js';
import { openPdf } from './open-pdf.js';
import { textOf } from './text-string.js';
import { draftPage, PdfDraft } from './testing/pdf-draft.js';

const open = (bytes: Uint8Array): Promise<PdfFile> => openPdf(bytesSource(bytes));
const fails =
  (code: ErrorCode, reason?: string) =>
  (error: unknown): boolean => {
    assert.ok(AnjuanError.is(error, code), String(error));
    if (reason !== undefined) assert.equal(error.details['reason'], reason);
    return true;
  };
const ids = (file: PdfFile): readonly string[] => file.anomalies.map(({ id }) => id);
const keyOf = async (file: PdfFile, number: number, key: string, revision?: number): Promise<PdfObject | undefined> => {
  const value = await file.get(pdfRef(number), revision === undefined ? {} : { revision });
  return isDict(value) ? value.entries.get(key) : undefined;
};

/** One page, then the same page turned twice by increments of the given kinds. */
function threeSaves(): { bytes: Uint8Array; ends: number[] } {
  const draft = draftPage();
  const ends: number[] = [];
  const first = draft.table();
  ends.push(draft.end(first).offset);
  const turned = '<< /Type /Page /Parent 2 0 R /Rotate 90 >>';
  const second = draft.object(3, turned).xrefStream(4, { prev: first });
  ends.push(draft.end(second, '%%EOF\r\n').offset);
  draft.objectStream(5, { 3: '<< /Type /Page /Parent 2 0 R /Rotate 180 >>' });
  const third = draft.xrefStream(6, { prev: second, compressed: [[3, 5, 0]] });
  ends.push(draft.end(third, '%%EOF').offset);
  return { bytes: draft.bytes(), ends };
}

test('each save is a revision with its own bytes, entries and objects', async () => {
  const { bytes, ends } = threeSaves();
  const file = await open(bytes);
  assert.deepEqual(
    file.revisions.map(({ startOffset, endOffset, xrefKind }) => [startOffset, endOffset, xrefKind]),
    [
      [0, ends[0], 'table'],
      [ends[0], ends[1], 'stream'],
      [ends[1], ends[2], 'stream'],
    ],
  );
  assert.deepEqual(
    file.revisions.map(({ entries }) => [...entries.keys()]),
    [
      [0, 1, 2, 3],
      [3, 4],
      [3, 5, 6],
    ],
  );
  assert.deepEqual(await Promise.all([0, 1, 2, undefined].map((revision) => keyOf(file, 3, 'Rotate', revision))), [
    undefined,
    90,
    180,
    180,
  ]);
  assert.deepEqual([file.size, file.version, ids(file)], [7, '1.7', []]);
  assert.deepEqual(file.revisions[1]?.eofOffset, (ends[1] ?? 0) - 2);
});

test('an object has its extent, a compressed one has none', async () => {
  const { bytes } = threeSaves();
  const file = await open(bytes);
  const [offset = 0, length = 0] = (await file.extent(3, { revision: 1 })) ?? [];
  const text = Buffer.from(bytes.subarray(offset, offset + length)).toString();
  assert.ok(text.startsWith('3 0 obj') && text.endsWith('endobj'), text);
  assert.equal(await file.extent(3), undefined);
});

test('free, absent and wrongly numbered objects are null', async () => {
  const draft = draftPage().object(4, '(gone)');
  const first = draft.table();
  draft.end(first);
  const second = draft.offset;
  draft.raw(`xref\n4 1\n0000000000 00001 f \ntrailer << /Size 5 /Root 1 0 R /Prev ${first} >>\n`).end(second);
  const file = await open(draft.bytes());
  assert.deepEqual(await file.get(pdfRef(4)), null);
  assert.notEqual(await file.get(pdfRef(4), { revision: 0 }), null);
  assert.equal(await file.get(pdfRef(99)), null);
  assert.equal(await file.get(pdfRef(1, 3)), null);
  assert.deepEqual(ids(file), ['generation-mismatch']);
});

test('hybrids show what the table hides; the table wins where both speak', async () => {
  const draft = draftPage().objectStream(4, { 5: '<< /Hidden true >>', 3: '<< /Type /Page /Wrong true >>' });
  const hidden = draft.xrefStream(6, {
    compressed: [
      [5, 4, 1],
      [3, 4, 0],
    ],
    hide: [1, 2, 3],
  });
  const table = draft.offset;
  const offsets = [1, 2, 3].map((number) => Buffer.from(draft.bytes()).indexOf(`\n${number} 0 obj`) + 1);
  draft.raw('xref\n0 6\n0000000005 65535 f \n');
  for (const offset of offsets) draft.raw(`${String(offset).padStart(10, '0')} 00000 n \n`);
  draft.raw('0000000000 00000 f \n0000000000 00000 f \n');
  draft.raw(`trailer\n<< /Size 7 /Root 1 0 R /XRefStm ${hidden} >>\n`).end(table);
  const file = await open(draft.bytes());
  assert.equal(file.revisions[0]?.xrefKind, 'hybrid');
  assert.equal(await keyOf(file, 5, 'Hidden'), true);
  assert.equal(await keyOf(file, 3, 'Wrong'), undefined);
  assert.deepEqual(ids(file), ['hybrid-conflict']);
});

/** A file of one save after a change of its text; offsets behind the change are put right. */
async function changed(change: (text: string) => string): Promise<readonly string[]> {
  const draft = draftPage();
  draft.end(draft.table());
  const before = Buffer.from(draft.bytes()).toString('latin1');
  const file = await open(Buffer.from(change(before), 'latin1'));
  for (const number of [1, 2, 3]) await file.get(pdfRef(number));
  return ids(file);
}

test('oddities of real writers are read and written down', async () => {
  assert.deepEqual(await changed((text) => text), []);
  assert.deepEqual(await changed((text) => text.replace('xref\n0', 'xref\n\n \n0')), []);
  assert.deepEqual(await changed((text) => text.replace('xref\n0', '\n\nxref\n0')), ['xref-offset-wrong']);
  assert.deepEqual(await changed((text) => text.replace(' f \n', ' f\n')), ['xref-entry-size']);
  assert.deepEqual(await changed((text) => `${text}\n\n`), ['space-after-eof']);
  assert.deepEqual(await changed((text) => `${text}junk`), ['bytes-after-eof']);
  assert.deepEqual(await changed((text) => text.replace('%%EOF\n', '')), ['eof-missing']);
  assert.deepEqual(await changed((text) => text.replace('endobj\n2 0', '      \n2 0')), ['endobj-missing']);
  assert.deepEqual(await changed((text) => text.replace('startxref', 'foo\nstartxref')), ['bytes-before-startxref']);
  assert.deepEqual(await changed((text) => text.replace(/3 1\n\d{10}/, '3 1\n0000000000')), ['xref-entry-zero']);
  assert.deepEqual(await changed((text) => text.replace('/Size 4', '/Size 3')), ['entry-beyond-size']);
});

test('junk before the header is evidence; offsets count from the first byte', async () => {
  const draft = draftPage(new PdfDraft('junk\n%PDF-1.4\n'));
  const file = await open(draft.end(draft.table()).bytes());
  assert.deepEqual([file.version, ids(file)], ['1.4', ['bytes-before-header']]);
  assert.deepEqual(file.anomalies[0]?.bytes, [0, 5]);
});

test('sections without startxref between them are one save, as Acrobat writes hybrids', async () => {
  const draft = draftPage();
  const first = draft.table();
  const second = draft.offset;
  draft.raw(`xref\n0 0\ntrailer << /Size 4 /Root 1 0 R /Prev ${first} >>\n`).end(second);
  const file = await open(draft.bytes());
  assert.deepEqual([file.revisions.length, file.revisions[0]?.xrefSpans?.length, ids(file)], [1, 2, []]);
});

test('an appended body that an old startxref hides is evidence', async () => {
  const draft = draftPage();
  const first = draft.table();
  draft.end(first);
  const { offset } = draft;
  draft.object(3, '<< /Type /Page /Parent 2 0 R /Evil true >>').end(first);
  const file = await open(draft.bytes());
  assert.deepEqual(ids(file), ['startxref-repeated', 'bytes-after-eof']);
  assert.deepEqual(file.anomalies[1]?.bytes, [offset, draft.offset - offset]);
});

test('entries that lead into older or later bytes are evidence', async () => {
  const draft = draftPage().object(4, '(old)');
  const first = draft.table({ hide: [4] });
  draft.end(first);
  const hidden = Buffer.from(draft.bytes()).indexOf('4 0 obj');
  const second = draft.offset;
  draft.raw(
    `xref\n4 1\n${String(hidden).padStart(10, '0')} 00000 n \ntrailer << /Size 5 /Root 1 0 R /Prev ${first} >>\n`,
  );
  const file = await open(draft.end(second).bytes());
  assert.deepEqual(ids(file), ['object-outside-revision']);
  assert.equal(file.anomalies[0]?.objectNumber, 4);
});

test('a damaged file is refused with its reason', async () => {
  const broken: readonly (readonly [string, ErrorCode, (text: string) => string])[] = [
    ['header-missing', 'pdf-malformed', (text) => text.replace('%PDF', '%FDP')],
    ['startxref-missing', 'pdf-malformed', (text) => text.replace('startxref', 'startxxxx')],
    ['offset-beyond-end', 'pdf-malformed', (text) => text.replace(/startxref\n\d+/, 'startxref\n99999')],
    ['object-header', 'pdf-malformed', (text) => text.replace(/startxref\n\d+/, 'startxref\n17')],
    ['xref-missing', 'pdf-malformed', (text) => text.replace(/startxref\n\d+/, 'startxref\n15')],
    ['trailer-missing', 'pdf-malformed', (text) => text.replace('trailer', 'traiter')],
    ['trailer-root', 'pdf-malformed', (text) => text.replace('/Root', '/Boot')],
    ['trailer-size', 'pdf-malformed', (text) => text.replace('/Size', '/Sise')],
    ['catalog', 'pdf-malformed', (text) => text.replace('/Root 1 0 R', '/Root 9 0 R')],
    ['prev', 'pdf-malformed', (text) => text.replace('/Root 1 0 R', '/Root 1 0 R /Prev -1')],
    [
      'xref-loop',
      'pdf-limits-exceeded',
      (text) => text.replace('/Root 1 0 R', `/Root 1 0 R /Prev ${text.indexOf('xref\n')}`),
    ],
    ['object-number', 'pdf-limits-exceeded', (text) => text.replace('0 1\n', '9999999999 1\n')],
    ['xref-entries', 'pdf-limits-exceeded', (text) => text.replace('0 1\n', '0 8000000\n')],
    ['encrypt', 'pdf-malformed', (text) => text.replace('/Root 1 0 R', '/Root 1 0 R /Encrypt 7')],
  ];
  for (const [reason, code, change] of broken) await assert.rejects(changed(change), fails(code, reason), reason);
});

test('a chain that leads to a later section is refused', async () => {
  const draft = draftPage();
  const first = draft.offset;
  draft.raw('xref\n0 1\n0000000000 65535 f \ntrailer << /Size 4 /Root 1 0 R /Prev 99999 >>\n').end(first);
  const second = draft.table();
  const bytes = Buffer.from(draft.bytes()).toString('latin1').replace('99999', String(second).padEnd(5));
  await assert.rejects(
    open(Buffer.from(`${bytes}startxref\n${first}\n%%EOF`, 'latin1')),
    fails('pdf-malformed', 'prev-order'),
  );
});

test('streams end where /Length says, direct or by reference', async () => {
  const draft = draftPage()
    .object(4, '<< /Length 5 0 R /Filter [/ASCIIHexDecode] >>\nstream\n616263>\nendstream')
    .object(5, '7')
    .object(6, '<< /Length 3 >>\nstream\r\nabcdef\nendstream')
    .object(7, '<< /Length 7 0 R >>\nstream\nabc\nendstream')
    .object(8, '<< /Length 3 >>\nstream\nabc  \nendstream')
    .stream(9, '/Filter /FlateDecode', deflateSync(Buffer.alloc(3_000_000)));
  const file = await open(draft.end(draft.table()).bytes());
  const stream = async (number: number): Promise<string> => {
    const value = await file.get(pdfRef(number));
    if (value === null || typeof value !== 'object' || !('type' in value) || value.type !== 'stream') return 'none';
    return Buffer.from(await file.decode(value, { maxBytes: 1_000_000 })).toString();
  };
  assert.equal(await stream(4), 'abc');
  await assert.rejects(stream(6), fails('pdf-malformed', 'stream-length'));
  await assert.rejects(stream(7), fails('pdf-malformed', 'stream-length'));
  assert.equal(await stream(8), 'abc');
  assert.deepEqual(ids(file), ['stream-length-wrong']);
  await assert.rejects(stream(9), fails('pdf-limits-exceeded', 'decoded-size'));
});

test('object streams that contain themselves, their length or nothing useful end in an error', async () => {
  const container = async (
    dict: string,
    data: string,
    entry: readonly [number, number, number] = [5, 4, 1],
  ): Promise<PdfObject> => {
    const draft = draftPage().object(4, `<< /Type /ObjStm ${dict} >>\nstream\n${data}\nendstream`);
    const xref = draft.xrefStream(6, { compressed: [entry, [7, 4, 1]] });
    return (await open(draft.end(xref).bytes())).get(pdfRef(5));
  };
  assert.equal(await container('/N 2 /First 8 /Length 12', '5 0 7 2 42 7'), 42);
  await assert.rejects(
    container('/N 2 /First 8 /Length 7 0 R', '5 0 7 2 42 12'),
    fails('pdf-malformed', 'stream-length'),
  );
  await assert.rejects(container('/N 2 /First 99 /Length 12', '5 0 7 2 42 7'), fails('pdf-malformed', 'object-stream'));
  await assert.rejects(
    container('/N 2 /First 8 /Length 12', '8 0 7 2 42 7'),
    fails('pdf-malformed', 'object-stream-index'),
  );
  await assert.rejects(container('/N 9 /First 8 /Length 12', '5 0 7 2 42 7'), fails('pdf-malformed', 'object-stream'));
  await assert.rejects(
    container('/N 2 /First 8 /Length 12', '5 0 7 2 42 7', [5, 5, 0]),
    fails('pdf-malformed', 'object-stream-missing'),
  );
});

test('references that lead in a circle end in an error', async () => {
  const draft = draftPage().object(4, '5 0 R').object(5, '4 0 R');
  const file = await open(draft.end(draft.table()).bytes());
  await assert.rejects(file.resolve(pdfRef(4)), fails('pdf-limits-exceeded', 'reference-loop'));
});

test('a cross-reference stream cannot promise more than it has', async () => {
  const bomb = async (dict: string, data: Uint8Array): Promise<PdfFile> => {
    const draft = draftPage();
    const { offset } = draft;
    draft.stream(4, `/Type /XRef /Root 1 0 R ${dict}`, data).end(offset);
    return open(draft.bytes());
  };
  await assert.rejects(bomb('/Size 100 /W [1 4 1]', new Uint8Array(12)), fails('pdf-malformed', 'xref-stream-short'));
  await assert.rejects(
    bomb('/Size 8000000 /W [1 4 1]', new Uint8Array(12)),
    fails('pdf-limits-exceeded', 'xref-entries'),
  );
  await assert.rejects(bomb('/Size 5 /W [1 9 1]', new Uint8Array(55)), fails('pdf-malformed', 'xref-stream'));
  await assert.rejects(
    bomb('/Size 5 /W [1 4 1] /Index [0]', new Uint8Array(55)),
    fails('pdf-malformed', 'xref-stream-index'),
  );
  const packed = deflateSync(Buffer.alloc(5_000_000));
  await assert.rejects(
    bomb('/Size 5 /W [1 4 1] /Filter /FlateDecode', packed),
    fails('pdf-limits-exceeded', 'decoded-size'),
  );
});

/** Space that is nowhere. */
const gap = (sizeBytes: number): ByteSource => ({
  sizeBytes,
  read: (_, lengthBytes) => Promise.resolve(new Uint8Array(lengthBytes).fill(32)),
});

test('a file of 3 GB is opened and read without reading it', async () => {
  const head = draftPage(new PdfDraft('%PDF-1.7\n'));
  const size = 3 * 2 ** 30;
  const tail = new PdfDraft('');
  tail.offset = head.offset + size;
  tail.object(4, '(far away)');
  const first = tail.offset;
  const offsets = [1, 2, 3].map((number) => Buffer.from(head.bytes()).indexOf(`\n${number} 0 obj`) + 1);
  const rows = [...offsets, head.offset + size].map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  tail.raw(`xref\n0 5\n0000000000 65535 f \n${rows.join('')}trailer\n<< /Size 5 /Root 1 0 R >>\n`).end(first);
  const second = tail.object(5, '(farther)').xrefStream(6, { prev: first });
  tail.end(second);
  const whole = joinSources([bytesSource(head.bytes()), gap(size), bytesSource(tail.bytes())]);
  let readBytes = 0;
  const counted: ByteSource = {
    sizeBytes: whole.sizeBytes,
    read: (offset, lengthBytes) => {
      readBytes += lengthBytes;
      return whole.read(offset, lengthBytes);
    },
  };
  const file = await openPdf(counted);
  const texts = await Promise.all([4, 5].map((number) => file.get(pdfRef(number))));
  assert.deepEqual(
    texts.map((value) => (isString(value) ? textOf(value) : value)),
    ['far away', 'farther'],
  );
  assert.deepEqual(ids(file), []);
  assert.ok(readBytes < 250_000, `${readBytes} bytes read`);
});

test('opening stops when it is told to', async () => {
  const abort = new AbortController();
  const { bytes } = threeSaves();
  abort.abort();
  await assert.rejects(openPdf(bytesSource(bytes), { signal: abort.signal }), fails('aborted'));
});

test('a source that breaks off is an error, not an endless wait', async () => {
  const { bytes } = threeSaves();
  const short: ByteSource = { sizeBytes: bytes.byteLength + 100, read: bytesSource(bytes).read };
  await assert.rejects(openPdf(short), fails('pdf-malformed', 'short-read'));
});
