// Files that nobody should sign: each ends with a typed code and words in both languages, before the signer is asked.
import assert from 'node:assert/strict';
import { openAsBlob } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { AnjuanError, type ErrorCode } from '@anjuan/core';
import { openTestPki, type TestPki } from '../../../../fixtures/src/pki/index.js';
import { blobSource, bytesSource, type ByteSource } from '../bytes/byte-source.js';
import { openCryptoEngine } from '../crypto/index.js';
import { signErrorParts } from '../errors/sign-error-texts.js';
import { inputShapes, streamShape, tableShape } from '../testing/shapes.js';
import { fixedTrustStore } from '../trust/fixed-trust-store.js';
import { verifyPdf } from '../verify/index.js';
import { signPdf } from './index.js';
import { keySigner, type KeySigner } from './testing/key-signer.js';

let folder: string;
let pki: TestPki;
let signer: KeySigner;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjuan-bad-'));
  pki = await openTestPki({ folder: join(folder, 'pki') });
  signer = await keySigner(pki.get('doctorEc'));
});
after(() => rm(folder, { recursive: true, force: true }));

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const table = latin(tableShape());

/** A further section at the end that names the one before it. */
function update(
  base: string,
  { objects = '', trailer = '', prev }: { objects?: string; trailer?: string; prev?: number },
) {
  const start = base.length + objects.length;
  const before = prev ?? Number(/startxref\n(\d+)/.exec(base)?.[1]);
  return `${base}${objects}xref\n0 0\ntrailer\n<< /Size 9 /Root 1 0 R /Prev ${before} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
}

/** Object 7 is an array in an array in an array ... */
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** A stream whose data grow a thousandfold for each of its filters. */
async function bomb(): Promise<Uint8Array> {
  const { deflateSync } = await import('node:zlib');
  const once = deflateSync(Buffer.alloc(96 * 1024 * 1024), { level: 9 });
  const data = deflateSync(once, { level: 9 }).toString('latin1');
  const text = latin(streamShape({ packed: true }));
  const at = text.indexOf('/Type /ObjStm');
  assert.ok(at > 0);
  const [whole = '', length = ''] = /\/Length (\d+) >>\nstream\n/.exec(text.slice(at)) ?? [];
  const from = at + text.slice(at).indexOf(whole);
  const body = `/Filter [/FlateDecode /FlateDecode] /Length ${data.length} >>\nstream\n${data}`;
  const grown = body.length - whole.length - Number(length);
  const made = text.slice(0, from) + body + text.slice(from + whole.length + Number(length));
  return bytesOf(made.replace(/startxref\n(\d+)/, (_, offset: string) => `startxref\n${Number(offset) + grown}`));
}

const startxref = /startxref\n\d+/;
const files: Readonly<Record<string, readonly [() => Uint8Array | Promise<Uint8Array>, ...ErrorCode[]]>> = {
  'a file without bytes': [() => new Uint8Array(), 'pdf-malformed'],
  'a file that is no PDF': [() => bytesOf('GIF89a '.repeat(300)), 'pdf-malformed'],
  'an encrypted file without its password': [
    () => inputShapes().find(({ password }) => password !== undefined && password !== '')?.bytes ?? assert.fail(),
    'pdf-encrypted',
  ],
  'a cross-reference that is elsewhere': [() => bytesOf(table.replace(startxref, 'startxref\n77')), 'pdf-malformed'],
  'a cross-reference beyond the end': [() => bytesOf(table.replace(startxref, 'startxref\n9999999')), 'pdf-malformed'],
  'a cross-reference of letters': [() => bytesOf(table.replaceAll(/ 00000 n /g, ' 00x00 n ')), 'pdf-malformed'],
  'sections that name each other without end': [
    () => bytesOf(update(table, { prev: table.length })),
    'pdf-limits-exceeded',
  ],
  'a page tree that contains itself': [
    () => bytesOf(latin(tableShape({ objects: { 6: '<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>' } }))),
    'pdf-limits-exceeded',
  ],
  'a catalog that is an array in an array in an array': [
    () => tableShape({ catalog: `/AcroForm ${nested(100_000)}` }),
    'pdf-limits-exceeded',
  ],
  'an object stream that grows without end': [bomb, 'pdf-limits-exceeded'],
};

async function failure(work: Promise<unknown>): Promise<AnjuanError> {
  const error = await work.then(
    () => assert.fail('should fail'),
    (cause: unknown) => cause,
  );
  assert.ok(AnjuanError.is(error), String(error));
  return error;
}

describe('files that nobody should sign', () => {
  for (const [name, [make, ...codes]] of Object.entries(files)) {
    test(`${name}: ${codes.join(' or ')}`, async () => {
      const bytes = await make();
      const before = bytes.slice();
      const { code } = await failure(signPdf(bytesSource(bytes), { signer }));
      assert.ok(codes.includes(code), code);
      for (const locale of ['zh-CN', 'en'] as const) {
        const { title, next } = signErrorParts(code, locale);
        assert.ok(title.length > 0 && next.length > 0);
      }
      assert.deepEqual(signer.calls, [], 'the signer was not asked');
      assert.ok(Buffer.from(bytes).equals(before), 'the file is as it was');
    });

    test(`${name}: never green`, async () => {
      const trustStore = fixedTrustStore({ signature: pki.roots });
      const report = await verifyPdf(bytesSource(await make()), { trustStore }).catch((error: unknown) => error);
      if (report instanceof Error) assert.ok(AnjuanError.is(report), report.stack);
      else assert.notEqual((report as { readonly indication: string }).indication, 'TOTAL_PASSED');
    });
  }
});

describe('2 GB', () => {
  /** A small file with more than 2 GB of nothing in the middle of a stream that nobody needs. */
  async function hugePdf(path: string): Promise<number> {
    const gap = 2 ** 31 + 4096;
    const head = `${table}8 0 obj\n<< /Length ${gap} >>\nstream\n`;
    const objectAt = table.length;
    const tailAt = head.length + gap;
    const tail = '\nendstream\nendobj\n';
    const start = tailAt + tail.length;
    const before = Number(/startxref\n(\d+)/.exec(table)?.[1]);
    const row = `${String(objectAt).padStart(10, '0')} 00000 n \n`;
    const end = `xref\n8 1\n${row}trailer\n<< /Size 9 /Root 1 0 R /Prev ${before} >>\nstartxref\n${start}\n%%EOF\n`;
    const file = await open(path, 'w');
    await file.write(head, 0, 'latin1');
    await file.write(tail + end, tailAt, 'latin1');
    await file.close();
    return start + end.length;
  }

  /** Reads in pieces, as Blobs do, and remembers the largest. */
  function watched(source: ByteSource): { readonly source: ByteSource; largest: number } {
    const seen = {
      largest: 0,
      source: {
        sizeBytes: source.sizeBytes,
        read: (offset: number, lengthBytes: number, options?: { readonly signal?: AbortSignal }) => {
          seen.largest = Math.max(seen.largest, Math.min(lengthBytes, source.sizeBytes - offset));
          return source.read(offset, lengthBytes, options);
        },
      },
    };
    return seen;
  }

  test('is signed by pieces, with an increment of a few kilobytes', async () => {
    const path = join(folder, 'huge.pdf');
    const size = await hugePdf(path);
    const seen = watched(blobSource(await openAsBlob(path)));
    const own = await keySigner(pki.get('doctorEc'));
    const engine = await openCryptoEngine();
    const signed = await signPdf(seen.source, { signer: own, engine });
    assert.equal(
      signed.source.sizeBytes - size,
      signed.increments.reduce((sum, { byteLength }) => sum + byteLength, 0),
    );
    assert.ok(signed.source.sizeBytes - size < 100_000);
    assert.ok(seen.largest > 0 && seen.largest <= 64 * 1024 * 1024, String(seen.largest));
    const [first] = signed.signatures;
    assert.equal(first && first.byteRange[2] + first.byteRange[3], signed.source.sizeBytes);
  });

  test('of nothing is refused at once', async () => {
    const path = join(folder, 'nothing.pdf');
    const file = await open(path, 'w');
    await file.truncate(2 ** 31 + 1);
    await file.close();
    const { code } = await failure(signPdf(blobSource(await openAsBlob(path)), { signer }));
    assert.equal(code, 'pdf-malformed');
  });
});
