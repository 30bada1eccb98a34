import type { ByteSource } from '../../bytes/byte-source.js';
import { rememberedSource } from '../../bytes/remembered-source.js';
import { isArray, isDict, isName, isRef, isString, pdfName, type PdfDict, type PdfObject } from '../objects.js';
import type { PdfFile, PdfRevision } from '../pdf-file.js';
import { latin1 } from './chars.js';
import { readIndirectObject } from './indirect-object.js';
import { PdfBytes } from './pdf-bytes.js';
import { PdfReader } from './pdf-reader.js';
import { malformed } from './read-errors.js';
import { buildRevisions, checkEdges, readStartxref } from './revisions.js';
import { readXrefChain } from './xref-chain.js';

/** How `openPdf` opens. */
export interface OpenPdfOptions {
  /** User or owner password of an encrypted file. Default the empty one. */
  readonly password?: string;
  readonly signal?: AbortSignal;
}

/** The header stands within the first bytes. @source ISO 32000-1 annex H.3 note 13 */
const HEADER_BYTES = 1_024;

/**
 * Opens a PDF file: reads its end and its cross-reference sections, nothing else. Never repairs: what the standard does
 * not allow is an error or an anomaly.
 * Errors: `pdf-malformed` (details.reason), `pdf-encrypted` (details.reason), `pdf-limits-exceeded`, `aborted`.
 */
export async function openPdf(given: ByteSource, options: OpenPdfOptions = {}): Promise<PdfFile> {
  const { signal } = options;
  const source = rememberedSource(given);
  const bytes = new PdfBytes(source);
  const head = latin1((await bytes.windows.read(0, HEADER_BYTES, signal)).subarray(0, HEADER_BYTES));
  const header = /%PDF-(\d\.\d)/.exec(head);
  if (header === null) throw malformed('header-missing', 0);
  const newest = await readStartxref(bytes, signal);
  const sections = await readXrefChain(bytes, newest.value, signal);
  const linearized = await isLinearized(bytes, header.index, signal);
  const revisions = await buildRevisions(bytes, { sections, linearized, signal });
  await checkEdges(bytes, revisions, { newest: newest.startxrefOffset, headerOffset: header.index, signal });
  const trailer = mergedTrailer(bytes, revisions);
  if (!isRef(trailer.entries.get('Root'))) throw malformed('trailer-root');
  const reader = new PdfReader({ source, bytes, version: header[1] ?? '', revisions, linearized, trailer });
  await decrypt(reader, options);
  await readVersion(reader, signal);
  return reader;
}

/** The first object is a linearization dictionary. @source ISO 32000-2 annex F.3.3 */
async function isLinearized(bytes: PdfBytes, from: number, signal: AbortSignal | undefined): Promise<boolean> {
  return bytes.parse({ offset: from, signal }, (parser) => {
    parser.skipSpace();
    if (!/^\d+\s+\d+\s+obj/.test(latin1(parser.input.bytes.subarray(parser.at, parser.at + 32)))) return false;
    try {
      const { value } = readIndirectObject(parser);
      return isDict(value) && value.entries.has('Linearized');
    } catch (error) {
      if (typeof error === 'symbol') throw error;
      return false;
    }
  });
}

/** What every later trailer repeats; a missing one is evidence. @source ISO 32000-2 7.5.6 */
const KEPT_KEYS = ['Root', 'Encrypt', 'ID', 'Size'];

function mergedTrailer(bytes: PdfBytes, revisions: readonly PdfRevision[]): PdfDict {
  const newest = revisions.at(-1);
  const entries = new Map(newest?.trailer.entries ?? []);
  entries.delete('Prev');
  entries.delete('XRefStm');
  for (const { trailer } of revisions.toReversed()) {
    for (const key of KEPT_KEYS) {
      const value = trailer.entries.get(key);
      if (value === undefined || entries.has(key)) continue;
      entries.set(key, value);
      bytes.note('trailer-incomplete', newest?.xrefOffset ?? 0, 0);
    }
  }
  return { type: 'dict', entries };
}

async function decrypt(reader: PdfReader, { password = '', signal }: OpenPdfOptions): Promise<void> {
  const at = signal === undefined ? {} : { signal };
  const value = reader.trailer.entries.get('Encrypt');
  if (value === undefined || value === null) return;
  const encrypt = await reader.resolve(value, at);
  if (!isDict(encrypt)) throw malformed('encrypt');
  const resolved = new Map<string, PdfObject>();
  for (const [key, entry] of encrypt.entries) resolved.set(key, await reader.resolve(entry, at));
  const ids = await reader.resolve(reader.trailer.entries.get('ID'), at);
  const id = isArray(ids) ? ids[0] : undefined;
  const { openDecryption } = await import('../crypt/index.js');
  const options = { id: isString(id) ? id.bytes : new Uint8Array(), password };
  reader.decryptWith(openDecryption({ type: 'dict', entries: resolved }, options));
}

/** The catalog may name a higher version than the header. @source ISO 32000-2 7.2.2 */
async function readVersion(reader: PdfReader, signal: AbortSignal | undefined): Promise<void> {
  const at = signal === undefined ? {} : { signal };
  const catalog = await reader.resolve(reader.trailer.entries.get('Root'), at);
  if (!isDict(catalog)) throw malformed('catalog');
  const version = await reader.resolve(catalog.entries.get('Version'), at);
  const name = isName(version) ? version : pdfName('');
  if (/^\d\.\d$/.test(name.value) && name.value > reader.version) reader.version = name.value;
}
