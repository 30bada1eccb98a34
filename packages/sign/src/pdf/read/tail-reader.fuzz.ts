import { AnjuanError } from '@anjuan/core';
import { deflateSync } from 'node:zlib';
import { bytesSource } from '../../bytes/byte-source.js';
import { encryptedFiles } from '../crypt/testing/encrypted-files.data.js';
import { isStream, pdfRef } from '../objects.js';
import { readCoverage } from './coverage.js';
import { openPdf } from './open-pdf.js';
import { listPages } from './pages.js';
import { scanObjects } from './scan.js';
import { listSignatureFields } from './signatures.js';
import { draftPage, PdfDraft } from './testing/pdf-draft.js';

/** Files of the full run. */
export const runs = 1_000_000;

/** Most bytes that one damaged file of a few KB may make us decode. */
const MAX_BYTES = 1_000_000;
/** Most reads of the source that a file may cause: loops would cause more. */
const MAX_READS = 20_000;

const FORM = '/AcroForm << /Fields [4 0 R] >> /Version /1.7';
const FIELD = '<< /FT /Sig /T (a\\051) /Kids [5 0 R] /V 6 0 R /Lock << /Action /All >> >>';
const SIGNATURE =
  '<< /Type /Sig /ByteRange [0 9 20 30] /Contents <00ff> /Reference [<< /TransformMethod /DocMDP >>] >>';

function form(): PdfDraft {
  return draftPage(new PdfDraft(), FORM)
    .object(4, FIELD)
    .object(5, '<< /Subtype /Widget /Rect [1 2 3 4] /P 3 0 R >>')
    .object(6, SIGNATURE)
    .stream(7, '/Filter /FlateDecode', deflateSync(Buffer.from('q 1 0 0 1 0 0 cm Q '.repeat(9))));
}

function table(): Uint8Array {
  const draft = form();
  const first = draft.table();
  draft.end(first).object(3, '<< /Type /Page /Parent 2 0 R /Annots [5 0 R] >>');
  return draft.end(draft.table({ prev: first })).bytes();
}

function streams(): Uint8Array {
  const draft = form();
  const first = draft.xrefStream(8);
  draft.end(first).objectStream(9, { 3: '<< /Type /Page /Parent 2 0 R >>', 10: '[/A (b) <63>]' }, '/Extends 9 0 R');
  const compressed = [
    [3, 9, 0],
    [10, 9, 1],
  ] as const;
  return draft.end(draft.xrefStream(11, { prev: first, compressed })).bytes();
}

function hybrid(): Uint8Array {
  const draft = form().objectStream(8, { 9: '(hidden)' });
  const hidden = draft.xrefStream(10, { compressed: [[9, 8, 0]], hide: [1, 2, 3, 4, 5, 6, 7] });
  return draft.end(draft.table({ more: `/XRefStm ${hidden}` })).bytes();
}

const PIECES = [
  ...[
    'obj',
    'endobj',
    'stream',
    'endstream',
    'xref',
    'trailer',
    'startxref',
    '%%EOF',
    '<<',
    '>>',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
  ],
  ...[
    '/Prev 15',
    '/XRefStm 15',
    '/Length 99999',
    '/Length 7 0 R',
    '/Kids [2 0 R]',
    '/Kids [4 0 R]',
    '/W [8 8 8]',
    '/Size 99999999',
  ],
  ...[
    '/Index [0 9999]',
    '1 0 R',
    '7 0 R',
    '0',
    '9',
    '4294967296',
    '-1',
    '/Predictor 15',
    '/Filter [/ASCII85Decode /LZWDecode]',
    '%',
    '\r',
    '\0',
  ],
  ...[
    '/Filter /RunLengthDecode',
    '/Encrypt << /Filter /Standard /V 5 /R 6 >>',
    '/N 99999',
    '/First 0',
    '/Parent 3 0 R',
    '[['.repeat(200),
  ],
];

type Below = (limit: number) => number;

/** Mostly keeps the length, so that offsets still lead somewhere and the damage is met later than at the first look. */
function mutate(base: Uint8Array, below: Below): Uint8Array {
  let text = Buffer.from(base).toString('latin1');
  for (let changes = 1 + below(4); changes > 0; changes -= 1) {
    const at = below(text.length + 1);
    const piece = PIECES[below(PIECES.length)] ?? '';
    const over = (part: string): string => text.slice(0, at) + part + text.slice(at + part.length);
    const kind = below(16);
    if (kind < 3) text = over(String.fromCharCode(below(256)));
    else if (kind < 7) text = over(piece);
    else if (kind < 9) text = over(' '.repeat(below(30)));
    else if (kind < 14) text = digitChange(text, below);
    else if (kind < 15) text = text.slice(0, at) + piece + text.slice(at + below(40));
    else text = text.replace(/startxref\n\d+/, `startxref\n${below(text.length + 9)}`);
  }
  return Buffer.from(text, 'latin1');
}

/** Changes one number: offsets, lengths, counts and references are what leads a reader astray. */
function digitChange(text: string, below: Below): string {
  const numbers = [...text.matchAll(/\d+/g)];
  const found = numbers[below(numbers.length)];
  if (found === undefined) return text;
  const { index } = found;
  const number = String(below(4) === 0 ? below(20) : below(text.length));
  return (
    text.slice(0, index) +
    number.slice(-found[0].length).padStart(found[0].length, '0') +
    text.slice(index + found[0].length)
  );
}

/** Reads everything that signer and verifier read. */
async function readAll(bytes: Uint8Array): Promise<void> {
  let reads = 0;
  const source = bytesSource(bytes);
  const counted = {
    sizeBytes: source.sizeBytes,
    read: (offset: number, lengthBytes: number) => {
      reads += 1;
      if (reads > MAX_READS) throw new Error('reads without end');
      return source.read(offset, lengthBytes);
    },
  };
  const file = await openPdf(counted, { password: 'user' });
  for (let number = 0; number < Math.min(file.size, 16); number += 1) {
    await typed(async () => {
      const value = await file.get(pdfRef(number));
      if (isStream(value)) await file.decode(value, { maxBytes: MAX_BYTES });
    });
  }
  await typed(() => listPages(file));
  await typed(() => listSignatureFields(file));
  await readCoverage(file);
  await scanObjects(file, 0, bytes.byteLength);
}

/** Lets errors with a code pass; anything else is a fault of the reader. */
async function typed(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!AnjuanError.is(error)) throw error;
  }
}

/** Damages files of every kind: only errors with codes, bounded reads, and the same end each time. */
export async function fuzz({ seed, runs: files }: { readonly seed: number; readonly runs: number }): Promise<void> {
  let state = seed >>> 0;
  // mulberry32
  const below: Below = (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  const encrypted = Buffer.from(encryptedFiles['AES 128'] ?? '', 'base64');
  const bases = [table(), streams(), hybrid(), Uint8Array.from(encrypted)];
  for (const base of bases) await readAll(base);
  for (let run = 0; run < files; run += 1) {
    const bytes = mutate(bases[below(bases.length)] ?? new Uint8Array(), below);
    try {
      await typed(() => readAll(bytes));
    } catch (cause) {
      throw new Error(`run ${run}: ${Buffer.from(bytes).toString('base64')}`, { cause });
    }
  }
}
