import { signError } from '../../errors/sign-codes.js';
import { pdfRef, type NewObject } from '../objects.js';
import type { PdfFile } from '../pdf-file.js';
import { ByteWriter } from './byte-writer.js';
import { encryptObject } from './encrypt.js';
import { writeObject, type Span, type TrackedSpans } from './serialize.js';
import { trailerOf, writeXrefStream, writeXrefTable, type NewEntry } from './xref.js';

/** What an increment holds. */
export interface IncrementOptions {
  /** New and replaced objects by number. Replaced ones keep their generation. */
  readonly objects: ReadonlyMap<number, NewObject>;
  /** Values (by identity) whose place in the file is wanted; never encrypted. */
  readonly track?: readonly object[];
  readonly signal?: AbortSignal;
}

/** Bytes to append to the file. */
export interface Increment {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Offset in the whole file of every object written. */
  readonly offsets: ReadonlyMap<number, number>;
  /** Spans in the whole file of the tracked values. */
  readonly spans: ReadonlyMap<object, Span>;
}

/** Ten digits: what an entry of a cross-reference table can hold. @source ISO 32000-2 7.5.4 */
const MAX_TABLE_OFFSET = 9_999_999_999;

/**
 * Bytes that, appended, replace or add objects; nothing before them changes. The kind of the cross-reference section follows
 * the last one; objects stand by themselves, never in object streams. Encrypted files get encrypted strings and streams.
 * Errors: `pdf-unsignable` with details.reason, `aborted`. @source ISO 32000-2 7.5.6, 7.5.8.4
 */
export async function buildIncrement(file: PdfFile, options: IncrementOptions): Promise<Increment> {
  const last = file.revisions.at(-1);
  if (!last) throw signError('pdf-unsignable', { details: { reason: 'no-revision' } });
  const tracked: TrackedSpans = new Map((options.track ?? []).map((value) => [value, [0, 0]]));
  const base = file.source.sizeBytes;
  const out = new ByteWriter();
  if (!(await endsWithNewline(file, options.signal))) out.text('\n');
  const entries: NewEntry[] = [];
  for (const [number, object] of [...options.objects].sort(([first], [second]) => first - second)) {
    const known = file.entry(number);
    const generation = known && 'generation' in known ? known.generation : 0;
    const ready = file.encryption
      ? await encryptObject(object, pdfRef(number, generation), file.encryption, tracked)
      : object;
    options.signal?.throwIfAborted();
    entries.push({ number, generation, offset: base + out.length });
    out.text(`${number} ${generation} obj\n`);
    writeObject(out, ready, tracked);
    out.text('\nendobj\n');
  }
  const spans = new Map([...tracked].map(([value, [from, to]]): [object, Span] => [value, [base + from, base + to]]));
  const xrefOffset = base + out.length;
  const stream = last.xrefKind === 'stream';
  if (!stream && xrefOffset > MAX_TABLE_OFFSET) throw signError('pdf-unsignable', { details: { reason: 'size' } });
  let size = Math.max(file.size, (entries.at(-1)?.number ?? 0) + 1);
  if (stream) entries.push({ number: size++, generation: 0, offset: xrefOffset });
  const trailer = trailerOf(file.trailer, size, last.xrefOffset);
  if (stream) writeXrefStream(out, entries, trailer);
  else writeXrefTable(out, entries, trailer);
  out.text(`startxref\n${xrefOffset}\n%%EOF\n`);
  return { bytes: out.bytes(), offsets: new Map(entries.map(({ number, offset }) => [number, offset])), spans };
}

async function endsWithNewline(file: PdfFile, signal: AbortSignal | undefined): Promise<boolean> {
  const [byte] = await file.source.read(file.source.sizeBytes - 1, 1, signal ? { signal } : {});
  return byte === 0x0a || byte === 0x0d;
}
