import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { AnjuanError } from '@anjuan/core';
import { bytesSource } from '../../bytes/byte-source.js';
import { isDict, isStream, pdfRef } from '../objects.js';
import type { PdfFile } from '../pdf-file.js';
import type { AnomalyId } from './anomaly-id.js';
import { openPdf } from './open-pdf.js';
import { draftPage, type PdfDraft } from './testing/pdf-draft.js';

/** Opens a file and reads all of its objects and streams. */
async function readAll(draft: PdfDraft): Promise<PdfFile> {
  const file = await openPdf(bytesSource(draft.bytes()));
  for (let number = 1; number < file.size; number += 1) {
    const value = await file.get(pdfRef(number));
    if (isStream(value)) await file.decode(value);
  }
  return file;
}

const saved = (draft: PdfDraft): PdfDraft => draft.end(draft.table());
const packed = deflateSync('data');

/** Two saves; the later one with a trailer of its own. */
function twice(trailer: (first: number) => string): PdfDraft {
  const draft = draftPage();
  const first = draft.table({ more: '/ID [<00> <00>]' });
  draft.end(first);
  const second = draft.offset;
  return draft.raw(`xref\n0 1\n0000000000 65535 f \ntrailer << ${trailer(first)} >>\n`).end(second);
}

const provoked: Partial<Record<AnomalyId, () => PdfDraft>> = {
  'duplicate-key': () => saved(draftPage().object(4, '<< /A 1 /A 2 >>')),
  'name-escape': () => saved(draftPage().object(4, '/A#zz')),
  'stream-keyword-eol': () => saved(draftPage().object(4, '<< /Length 3 >>\nstream\rabc\nendstream')),
  'flate-checksum': () => saved(draftPage().stream(4, '/Filter /FlateDecode', packed.subarray(0, -2))),
  'prev-zero': draftPrevZero,
  'trailer-incomplete': () => twice((first) => `/Size 4 /Root 1 0 R /Prev ${first}`),
  'duplicate-object': () => objectStream('4 0 4 2', 0),
  'object-stream-index-wrong': () => objectStream('4 0 5 2', 1),
  'xref-stream-long': () => {
    const draft = draftPage();
    const { offset } = draft;
    const rows = [0, 1, 2, 3].map((number) =>
      number === 0 ? -1 : Buffer.from(draft.bytes()).indexOf(`\n${number} 0 obj`) + 1,
    );
    const data = rows.flatMap((place) => (place < 0 ? [0, 0, 0] : [1, place >> 8, place & 255]));
    return draft.stream(4, '/Type /XRef /Size 4 /W [1 2 0] /Root 1 0 R', Uint8Array.from([...data, 9, 9])).end(offset);
  },
};

function draftPrevZero(): PdfDraft {
  const draft = draftPage();
  return draft.end(draft.table({ prev: 0 }));
}

function objectStream(index: string, entry: number): PdfDraft {
  const draft = draftPage().stream(6, '/Type /ObjStm /N 2 /First 8', `${index} 7 8 `);
  return draft.end(draft.xrefStream(7, { compressed: [[4, 6, entry]] }));
}

for (const [id, draft] of Object.entries(provoked)) {
  test(`${id} is written down, once`, async () => {
    const { anomalies } = await readAll(draft());
    assert.deepEqual(
      anomalies.map((anomaly) => anomaly.id),
      [id],
    );
  });
}

test('a startxref that names an older section of the chain is written down', async () => {
  const draft = draftPage();
  const first = draft.table();
  draft.end(first);
  const second = draft.offset;
  draft.raw(`xref\n0 1\n0000000000 65535 f \ntrailer << /Size 4 /Root 1 0 R /Prev ${first} >>\n`).end(first);
  const third = draft.offset;
  draft.raw(`xref\n0 1\n0000000000 65535 f \ntrailer << /Size 4 /Root 1 0 R /Prev ${second} >>\n`).end(third);
  const { anomalies, revisions } = await readAll(draft);
  assert.deepEqual(
    anomalies.map(({ id, bytes }) => [id, bytes[0]]),
    [['startxref-mismatch', revisions[1]?.startxrefOffset]],
  );
});

/** Saves that each turn the page a little. */
function manySaves(count: number): PdfDraft {
  const draft = draftPage();
  let prev = draft.table();
  draft.end(prev);
  for (let save = 1; save < count; save += 1) {
    draft.object(3, `<< /Type /Page /Parent 2 0 R /Save ${save} >>`);
    prev = draft.table({ prev });
    draft.end(prev);
  }
  return draft;
}

test('forty saves are forty revisions, each with its own state', async () => {
  const file = await readAll(manySaves(40));
  for (const [revision, expected] of [
    [undefined, 39],
    [39, 39],
    [20, 20],
    [1, 1],
  ] as const) {
    const page = await file.get(pdfRef(3), revision === undefined ? {} : { revision });
    assert.equal(isDict(page) && page.entries.get('Save'), expected);
  }
});

test('thousands of saves are no honest file', async () => {
  await assert.rejects(
    readAll(manySaves(2_100)),
    (error) => AnjuanError.is(error, 'pdf-limits-exceeded') && error.details['reason'] === 'xref-sections',
  );
});
