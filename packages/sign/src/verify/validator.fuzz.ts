import { AnjuanError } from '@anjuan/core';
import { bytesSource } from '../bytes/byte-source.js';
import { isStream } from '../pdf/objects.js';
import { listPages, openPdf } from '../pdf/read/index.js';
import { signPdf } from '../signing/index.js';
import { keySigner } from '../signing/testing/key-signer.js';
import { issueCertificate } from '../testing/issue-certificate.js';
import { streamShape } from '../testing/shapes.js';
import { fixedTrustStore } from '../trust/index.js';
import { lintBeforeSigning, verifyPdf, type VerifyOptions } from './index.js';
import type { ValidationReport } from './report.js';
import { appendUpdate, toBytes, toText } from './testing/append-update.js';
import { appearance, fields, formDocument } from './testing/form-document.js';

/** Files of the full run; each of them is verified to the end. */
export const runs = 100_000;

/** Most reads of the source that a file of 40 KB may cause: loops would cause more. */
const MAX_READS = 20_000;
const CODES = new Set(['pdf-malformed', 'pdf-encrypted', 'pdf-limits-exceeded', 'crypto-unsupported']);
const TEXT = 'Anjuan consent form';

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function bases(): Promise<{ readonly files: readonly Uint8Array[]; readonly options: VerifyOptions }> {
  const root = await issueCertificate({ name: 'root', authority: true, keyUsage: '0000011' });
  const leaf = await issueCertificate({ name: 'leaf', issuer: root, keyUsage: '11' });
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', leaf.keys.privateKey));
  const der = leaf.certificate.der;
  const signer = await keySigner({ der, chain: [root.certificate.der], privateKey: () => Promise.resolve(pkcs8) });
  const sign = async (bytes: Uint8Array): Promise<Uint8Array> =>
    (await signPdf(bytesSource(bytes), { signer, slotBytes: 2048 })).bytes();
  const form = await sign(formDocument());
  const objects = { 10: `<< ${fields.text} /V (yes) /AP << /N 50 0 R >> >>`, 50: appearance('BT (yes) Tj ET') };
  const files = [form, appendUpdate(form, { objects }), await sign(form), await sign(streamShape({ packed: true }))];
  const trustStore = fixedTrustStore({ signature: [root.certificate.der] });
  return { files, options: { trustStore, policy: { revocation: 'ignore' }, at: Date.UTC(2030, 0, 1) } };
}

const PIECES = [
  '/Type /Sig',
  '/ByteRange [0 1 2 3]',
  '/Contents <00>',
  '/Contents 4 0 R',
  '/V 23 0 R',
  '/Kids [10 0 R]',
  '/Parent 9 0 R',
  '/AcroForm 9 0 R',
  '/Fields [10 0 R]',
  '/Annots [10 0 R]',
  '/AP << /N 22 0 R >>',
  '/Rect [0 0 600 800]',
  '/Length 9999',
  'null',
  '<<',
  '>>',
  '[',
  ']',
  'endobj',
  'xref',
  'startxref',
  '%%EOF',
  '9 0 R',
  '0',
  '99999999999',
  '/Pages 2 0 R',
];

/** Damaged signed files and damaged updates: a report or a typed error, and never green over another text. */
export async function fuzz({ seed, runs: count }: { readonly seed: number; readonly runs: number }): Promise<void> {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[], otherwise: T): T => list[below(list.length)] ?? otherwise;
  const { files, options } = await bases();
  for (let run = 0; run < count; run += 1) {
    const base = pick(files, new Uint8Array());
    let text = toText(base);
    for (let changes = below(4); changes >= 0; changes -= 1) {
      const at = below(text.length);
      const kind = below(6);
      const piece = pick(PIECES, '');
      if (kind === 0) text = text.slice(0, at) + String.fromCharCode(below(256)) + text.slice(at + 1);
      else if (kind === 1) text = text.slice(0, at) + piece + text.slice(at + piece.length);
      else if (kind === 2) text = text.slice(0, at) + piece + text.slice(at);
      else if (kind === 3) text = text.slice(0, Math.max(20, at));
      else if (kind === 4) text += text.slice(at, at + below(2000));
      else text = toText(appendUpdate(toBytes(text), updateOf(text, below, piece)));
    }
    const bytes = toBytes(text);
    const report = await typed(bytes, options);
    if (report?.indication === 'TOTAL_PASSED') await expectSameText(bytes);
    if (run % 50 === 0) await lintBeforeSigning(bytesSource(bytes)).catch(expectTyped);
  }
}

/** An update that redefines an object as it is, with a piece in it, or by another. */
function updateOf(text: string, below: (limit: number) => number, piece: string) {
  const all = [...text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].filter(([, , body = '']) => body.length < 2000);
  const [, number = '4', body = '<< >>'] = all[below(all.length)] ?? [];
  const [, , other = '<< >>'] = all[below(all.length)] ?? [];
  const at = below(body.length);
  const kind = below(4);
  const changed =
    kind === 0
      ? body
      : kind === 1
        ? other
        : kind === 2
          ? `${body.slice(0, at)}${piece}${body.slice(at)}`
          : body.replace('<<', `<< ${piece}`);
  return { objects: { [Number(number)]: changed, ...(below(4) === 0 && { [60 + below(9)]: other }) } };
}

async function typed(bytes: Uint8Array, options: VerifyOptions): Promise<ValidationReport | undefined> {
  let reads = 0;
  const source = bytesSource(bytes);
  const counting = {
    sizeBytes: source.sizeBytes,
    read: (offset: number, lengthBytes: number) => {
      reads += 1;
      if (reads > MAX_READS) throw new RangeError('endless reading');
      return source.read(offset, lengthBytes);
    },
  };
  try {
    return await verifyPdf(counting, options);
  } catch (error) {
    expectTyped(error);
    return undefined;
  }
}

function expectTyped(error: unknown): undefined {
  if (!(error instanceof AnjuanError) || !CODES.has(error.code)) throw error;
  return undefined;
}

/** Green means that the first page still says what was signed. */
async function expectSameText(bytes: Uint8Array): Promise<void> {
  const file = await openPdf(bytesSource(bytes));
  for (const page of await listPages(file)) {
    const contents = await file.resolve(page.dict.entries.get('Contents') ?? null);
    const shown = isStream(contents) ? toText(await file.decode(contents)) : '';
    if (!shown.includes(TEXT)) throw new Error('green over another text');
  }
}
