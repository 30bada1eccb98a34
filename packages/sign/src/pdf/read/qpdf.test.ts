import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { PDFDocument, PDFName, PDFString, degrees } from 'pdf-lib';
import { bytesSource } from '../../bytes/byte-source.js';
import { isDict, isName, isStream, isString, pdfRef, pdfString, type PdfDict, type PdfObject } from '../objects.js';
import type { PdfFile } from '../pdf-file.js';
import { readCoverage } from './coverage.js';
import { openPdf } from './open-pdf.js';
import { listPages } from './pages.js';
import { textOf } from './text-string.js';

const skip = spawnSync('qpdf', ['--version']).error === undefined ? false : 'qpdf is not installed';
const folder = mkdtempSync(join(tmpdir(), 'anjuan-read-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Two pages, a form, an attachment, metadata and text of every encoding. */
async function sample(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setTitle('入院记录');
  document.setAuthor('Ångström – “doctor”');
  const page = document.addPage([595, 842]);
  page.drawText('Record 99', { x: 50, y: 700 });
  document.addPage([842, 595]).setRotation(degrees(90));
  document.getForm().createTextField('科室.name').addToPage(page, { x: 50, y: 500, width: 200, height: 20 });
  await document.attach(new Uint8Array(3_000).fill(65), 'a.txt', { mimeType: 'text/plain' });
  const metadata = document.context.stream('<x:xmpmeta/>', { Type: 'Metadata', Subtype: 'XML' });
  document.catalog.set(PDFName.of('Metadata'), document.context.register(metadata));
  document.catalog.set(PDFName.of('Odd#20Key'), PDFString.of('a\\(b\\)c\\\\'));
  return document.save({ useObjectStreams: false });
}

function qpdf(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('qpdf', args, { encoding: 'utf8', maxBuffer: 1e8 });
  assert.ok(status === 0 || status === 3, stderr);
  return stdout;
}

const made = sample();
async function variant(name: string, args: readonly string[]): Promise<string> {
  const from = join(folder, 'sample.pdf');
  writeFileSync(from, await made);
  const to = join(folder, `${name}.pdf`);
  qpdf(...args, from, to);
  return to;
}

/** Our objects in the words of `qpdf --json=2`. */
function asJson(value: PdfObject): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (!('type' in value)) return value.map(asJson);
  if (value.type === 'name') return `/${value.value}`;
  if (value.type === 'ref') return `${value.number} ${value.generation} R`;
  if (value.type === 'string') return textOf(value);
  return dictJson(value.type === 'dict' ? value : value.dict);
}

function dictJson({ entries }: PdfDict): unknown {
  const shown = [...entries].filter(([key, value]) => value !== null && key !== 'Length');
  return Object.fromEntries(shown.map(([key, value]) => [`/${key}`, asJson(value)]));
}

/** qpdf's own, with its text and binary strings as text. */
function fromQpdf(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value.startsWith('u:')) return value.slice(2);
    if (value.startsWith('b:')) return textOf(pdfString(Uint8Array.from(Buffer.from(value.slice(2), 'hex'))));
    return value.startsWith('n:') ? value.slice(2) : value;
  }
  if (Array.isArray(value)) return value.map(fromQpdf);
  if (typeof value !== 'object' || value === null) return value;
  const shown = Object.entries(value).filter(([key]) => key !== '/Length');
  return Object.fromEntries(shown.map(([key, entry]) => [key, fromQpdf(entry)]));
}

interface QpdfObject {
  readonly value?: unknown;
  readonly stream?: { readonly dict: unknown; readonly data?: string };
}

async function compare(path: string, file: PdfFile, password: readonly string[] = []): Promise<number> {
  const json = qpdf(
    ...password,
    '--json=2',
    '--json-key=qpdf',
    '--json-stream-data=inline',
    '--decode-level=generalized',
    path,
  );
  const [, objects = {}] = (JSON.parse(json) as { readonly qpdf: readonly Readonly<Record<string, QpdfObject>>[] })
    .qpdf;
  let compared = 0;
  for (const [key, theirs] of Object.entries(objects)) {
    const [, number, generation] = /^obj:(\d+) (\d+) R$/.exec(key) ?? [];
    if (number === undefined) continue;
    const ours = await file.get(pdfRef(Number(number), Number(generation)));
    compared += 1;
    if (theirs.stream === undefined) {
      assert.deepEqual(asJson(ours), fromQpdf(theirs.value), key);
      continue;
    }
    assert.ok(isStream(ours), key);
    const bare = (dict: unknown): unknown => ({ ...(dict as object), '/Filter': 0, '/DecodeParms': 0 });
    assert.deepEqual(bare(asJson(ours)), bare(fromQpdf(theirs.stream.dict)), key);
    assert.equal(Buffer.from(await file.decode(ours)).toString('base64'), theirs.stream.data, key);
  }
  return compared;
}

const variants: Readonly<Record<string, readonly string[]>> = {
  plain: [],
  old: ['--force-version=1.3', '--object-streams=disable'],
  'object streams': ['--object-streams=generate'],
  'uncompressed object streams': ['--object-streams=generate', '--compress-streams=n'],
  linearized: ['--linearize'],
  'linearized with object streams': ['--linearize', '--object-streams=generate'],
};

for (const [name, args] of Object.entries(variants)) {
  test(`${name}: objects and streams are those that qpdf sees`, { skip }, async () => {
    const path = await variant(name, args);
    const file = await openPdf(bytesSource(new Uint8Array(readFileSync(path))));
    assert.equal(file.linearized, name.startsWith('linearized'));
    assert.equal(file.revisions.length, 1);
    assert.ok((await compare(path, file)) > 15);
    assert.deepEqual(
      (await listPages(file)).map(({ rotate }) => rotate),
      [0, 90],
    );
    assert.deepEqual(await readCoverage(file), { unexplained: [], overlaps: [], unreadable: [] });
    assert.deepEqual(file.anomalies, []);
  });
}

const weak = ['--allow-weak-crypto', '--encrypt', 'user', 'owner'];
const encrypted: Readonly<Record<string, readonly [method: string, ...args: string[]]>> = {
  'RC4 40': ['V2', ...weak, '40', '--'],
  'RC4 128': ['V2', ...weak, '128', '--use-aes=n', '--'],
  'RC4 128 with crypt filters': ['V2', ...weak, '128', '--use-aes=n', '--force-V4', '--'],
  'AES 128': ['AESV2', ...weak, '128', '--use-aes=y', '--'],
  'AES 128, clear metadata': ['AESV2', ...weak, '128', '--use-aes=y', '--cleartext-metadata', '--'],
  'AES 256': ['AESV3', ...weak, '256', '--'],
  'AES 256, clear metadata, object streams': [
    'AESV3',
    '--object-streams=generate',
    ...weak,
    '256',
    '--cleartext-metadata',
    '--',
  ],
  'AES 256 of revision 5': ['AESV3', ...weak, '256', '--force-R5', '--'],
};

for (const [name, [method, ...args]] of Object.entries(encrypted)) {
  test(`${name}: both passwords open what qpdf sees`, { skip }, async () => {
    const path = await variant(name, args);
    const source = bytesSource(new Uint8Array(readFileSync(path)));
    for (const password of ['user', 'owner']) {
      const file = await openPdf(source, { password });
      assert.equal(file.encryption?.method, method);
      assert.ok((await compare(path, file, [`--password=${password}`])) > 15);
      assert.deepEqual(file.anomalies, []);
    }
    const refuses = (reason: string) => (error: unknown) =>
      AnjuanError.is(error, 'pdf-encrypted') && error.details['reason'] === reason;
    await assert.rejects(openPdf(source), refuses('password-missing'));
    await assert.rejects(openPdf(source, { password: 'guess' }), refuses('password-wrong'));
  });

  test(`${name}: what the handler encrypts, qpdf reads`, { skip }, async () => {
    const path = await variant(name, args);
    const bytes = readFileSync(path);
    const file = await openPdf(bytesSource(new Uint8Array(bytes)), { password: 'user' });
    const { encryption, size, trailer, revisions } = file;
    assert.ok(encryption);
    const hex = Buffer.from(await encryption.encryptString(Buffer.from('new string'), pdfRef(size))).toString('hex');
    const data = Buffer.from(await encryption.encryptStream(Buffer.from('new stream'), pdfRef(size + 1)));
    const at = bytes.length;
    const text = `${size} 0 obj\n<${hex}>\nendobj\n`;
    const stream = Buffer.concat([
      Buffer.from(`${size + 1} 0 obj\n<< /Length ${data.length} >>\nstream\n`),
      data,
      Buffer.from('\nendstream\nendobj\n'),
    ]);
    const place = (offset: number): string => `${String(offset).padStart(10, '0')} 00000 n \n`;
    const xref = at + text.length + stream.length;
    const ref = (key: string): string => String(asJson(trailer.entries.get(key) ?? null));
    const id = readId(trailer);
    const tail =
      `xref\n${size} 2\n${place(at)}${place(at + text.length)}trailer\n<< /Size ${size + 2} /Root ${ref('Root')} ` +
      `/Encrypt ${ref('Encrypt')} /ID [<${id}> <${id}>] /Prev ${revisions.at(-1)?.xrefOffset} >>\nstartxref\n${xref}\n%%EOF\n`;
    const grown = join(folder, `${name} grown.pdf`);
    writeFileSync(grown, Buffer.concat([bytes, Buffer.from(text), stream, Buffer.from(tail)]));
    const show = (number: number, ...more: string[]): string =>
      qpdf('--password=user', `--show-object=${number}`, ...more, grown);
    assert.equal(show(size).trim(), '(new string)');
    assert.equal(show(size + 1, '--filtered-stream-data'), 'new stream');
    await compare(grown, await openPdf(bytesSource(new Uint8Array(readFileSync(grown))), { password: 'owner' }), [
      '--password=user',
    ]);
  });
}

function readId({ entries }: PdfDict): string {
  const [first] = (entries.get('ID') ?? []) as readonly PdfObject[];
  return isString(first) ? Buffer.from(first.bytes).toString('hex') : '';
}

test('metadata stays readable where it is not encrypted, and is the same where it is', { skip }, async () => {
  for (const name of ['AES 128', 'AES 128, clear metadata']) {
    const path = await variant(name, encrypted[name]?.slice(1) ?? []);
    const bytes = new Uint8Array(readFileSync(path));
    const file = await openPdf(bytesSource(bytes), { password: 'user' });
    const root = await file.resolve(file.trailer.entries.get('Root'));
    const metadata = await file.resolve(isDict(root) ? root.entries.get('Metadata') : undefined);
    assert.ok(isStream(metadata) && isName(metadata.dict.entries.get('Type'), 'Metadata'));
    assert.match(Buffer.from(await file.decode(metadata)).toString(), /x:xmpmeta/);
    assert.equal(Buffer.from(bytes).includes('x:xmpmeta'), name.endsWith('clear metadata'));
  }
});
