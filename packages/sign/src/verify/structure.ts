import { isArray, isDict, isName, pdfType, type PdfObject } from '../pdf/objects.js';
import type { ByteSource } from '../bytes/byte-source.js';
import type { PdfAnomaly, PdfFile } from '../pdf/pdf-file.js';
import { listSignatureFields, openPdf } from '../pdf/read/index.js';
import { equalBytes } from '../der/index.js';
import { sameDict, type FoundSignature } from './found-signature.js';
import { say, wordsOf } from './texts.js';

/** Types that entries of a signature dictionary must have when they are there. @source ISO 32000-2 table 255 */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  Type: ['name'],
  Filter: ['name'],
  SubFilter: ['name'],
  Contents: ['string'],
  ByteRange: ['array'],
  Cert: ['string', 'array'],
  Reference: ['array'],
  Name: ['string'],
  M: ['string'],
  Location: ['string'],
  Reason: ['string'],
  ContactInfo: ['string'],
  Prop_Build: ['dict'],
};
const REQUIRED = ['Filter', 'SubFilter', 'Contents', 'ByteRange'];

/** Entries, ranges and the gap of one signature; sets `byteRange` when the ranges can be hashed. */
export async function checkStructure(file: PdfFile, found: FoundSignature): Promise<void> {
  const { findings, value } = found;
  if (value.problem || !isDict(value.dict)) {
    return findings.failed('signature-dictionary', 'FORMAT_FAILURE', 'dictionary-missing');
  }
  await checkEntries(file, found);
  checkContents(found);
  checkByteRange(file, found);
  await checkGap(file.source, found);
  if (value.contents !== undefined && value.contentsSpan === undefined) {
    findings.failed('signature-object', 'FORMAT_FAILURE', 'object-compressed');
  }
}

async function checkEntries(file: PdfFile, { findings, value, revision }: FoundSignature): Promise<void> {
  const { entries } = value.dict;
  const wrong = (key: string): void =>
    findings.failed('signature-dictionary', 'FORMAT_FAILURE', say('dictionary-entry', `/${key}`));
  const before = findings.checks.length;
  for (const key of REQUIRED) if ((entries.get(key) ?? null) === null) wrong(key);
  for (const [key, entry] of entries) {
    const types = TYPES[key];
    if (types && entry !== null && !types.includes(pdfType(await file.resolve(entry, { revision })))) wrong(key);
  }
  const type = entries.get('Type');
  if (type !== undefined && !isName(type, 'Sig') && !isName(type, 'DocTimeStamp')) wrong('Type');
  // Both must stand in the dictionary itself, or they could be changed apart from it. @source ISO 32000-2 12.8.1
  for (const key of ['Contents', 'ByteRange']) if (pdfType(entries.get(key)) === 'ref') wrong(key);
  if (findings.checks.length === before) findings.passed('signature-dictionary');
}

function checkContents({ findings, value }: FoundSignature): void {
  const { contents } = value;
  const fine = contents !== undefined && contents.some((byte) => byte !== 0);
  if (fine) findings.passed('signature-contents', 'fine', value.contentsSpan && [value.contentsSpan]);
  else findings.failed('signature-contents', 'FORMAT_FAILURE', 'contents-missing');
}

function checkByteRange(file: PdfFile, found: FoundSignature): void {
  const { findings, value } = found;
  const range = value.byteRange;
  const [start = -1, first = -1, second = -1, rest = -1, ...more] = range ?? [];
  const raw: PdfObject = value.dict.entries.get('ByteRange') ?? null;
  const plain =
    isArray(raw) && raw.every((item) => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0);
  const shaped = plain && more.length === 0 && first > 0 && rest > 0 && second > first + 1;
  if (!shaped) return findings.failed('byte-range', 'FORMAT_FAILURE', 'range-malformed');
  if (start !== 0) return findings.failed('byte-range', 'FORMAT_FAILURE', 'range-start');
  const spans = [
    [0, first],
    [second, rest],
  ] as const;
  if (second + rest > file.source.sizeBytes) {
    return findings.failed('byte-range', 'FORMAT_FAILURE', 'range-beyond', spans);
  }
  found.byteRange = [0, first, second, rest];
  findings.passed('byte-range', say('range-covers', second + rest), spans);
}

/** The gap is `<...>` of this very dictionary and nothing else. */
async function checkGap(source: ByteSource, { findings, value, byteRange }: FoundSignature): Promise<void> {
  if (!byteRange) return;
  const [, from, to] = byteRange;
  const [offset, lengthBytes] = value.contentsSpan ?? [-1, 0];
  const gap = await source.read(from, Math.min(to - from, 1 << 24));
  const hex = gap[0] === 0x3c && gap.at(-1) === 0x3e && gap.subarray(1, -1).every(isHexDigit);
  if (offset !== from || offset + lengthBytes !== to || !hex) {
    findings.failed('byte-range-gap', 'FORMAT_FAILURE', 'gap-wrong', [[from, to - from]]);
  } else findings.passed('byte-range-gap', 'fine', [[from, to - from]]);
}

const isHexDigit = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);

/** Rules between signatures: no value twice, ranges within one another. */
export function checkNeighbours(all: readonly FoundSignature[]): void {
  for (const found of all) {
    const { findings, value, byteRange } = found;
    const twin = all.some(
      (other) =>
        other !== found &&
        ((value.ref &&
          other.value.ref?.number === value.ref.number &&
          other.field.fieldRef?.number !== found.field.fieldRef?.number) ||
          (value.contents && other.value.contents && equalBytes(value.contents, other.value.contents))),
    );
    if (twin) findings.failed('signature-unique', 'FORMAT_FAILURE', 'duplicate-value');
    else findings.passed('signature-unique');
    if (!byteRange) continue;
    const crossing = all.some(({ byteRange: other }) => other && other !== byteRange && crosses(byteRange, other));
    if (crossing) findings.failed('byte-range-overlap', 'FORMAT_FAILURE', 'range-overlap');
    else findings.passed('byte-range-overlap');
  }
}

type Range = readonly [number, number, number, number];

/** Of two signatures the later covers all of the earlier: its end lies in front of the later one's gap. */
function crosses(a: Range, b: Range): boolean {
  const [early, late] = a[2] + a[3] <= b[2] + b[3] ? [a, b] : [b, a];
  return early[2] + early[3] > late[1];
}

/** Which revision is covered, and that the signature is part of it when that revision is opened alone. */
export async function checkCoverage(file: PdfFile, found: FoundSignature, password: string | undefined): Promise<void> {
  const { findings, byteRange, value } = found;
  if (!byteRange) return;
  const end = byteRange[2] + byteRange[3];
  const spans = [[0, end]] as const;
  const revision = await coveredRevision(file, end);
  if (revision === undefined) return findings.failed('coverage', 'FORMAT_FAILURE', 'covers-part', spans);
  found.revision = revision;
  const last = file.revisions.length - 1;
  const whole = end === file.source.sizeBytes;
  findings.passed('coverage', whole ? 'covers-file' : say('covers-revision', revision + 1, last + 1), spans);
  if (value.revision > revision || !(await standsAlone(file, found, end, password))) {
    findings.failed('signature-object', 'FORMAT_FAILURE', 'object-unreachable');
  }
  if (!findings.has('signature-object')) findings.passed('signature-object');
}

/** The revision that ends there; line ends after its last `%%EOF` belong to it. */
async function coveredRevision(file: PdfFile, end: number): Promise<number | undefined> {
  for (const { index, endOffset } of file.revisions) {
    if (endOffset === end) return index;
    const [from, to] = [Math.min(end, endOffset), Math.max(end, endOffset)];
    if (to - from > 2) continue;
    const between = await file.source.read(from, to - from);
    if (between.every((byte) => byte === 10 || byte === 13)) return index;
  }
  return undefined;
}

/** Opens the signed bytes as a file of their own: the same revision, with the same signature in the same field. */
async function standsAlone(file: PdfFile, found: FoundSignature, end: number, password?: string): Promise<boolean> {
  const { source } = file;
  const signed: ByteSource = {
    sizeBytes: end,
    read: (offset, lengthBytes, options) =>
      source.read(offset, Math.max(0, Math.min(lengthBytes, end - offset)), options),
  };
  try {
    const alone = await openPdf(signed, password === undefined ? {} : { password });
    const same =
      alone.revisions.length === found.revision + 1 &&
      alone.revisions.every(({ xrefOffset }, index) => xrefOffset === file.revisions[index]?.xrefOffset);
    if (!same) return false;
    const fields = await listSignatureFields(alone);
    return fields.some(
      ({ name, value }) =>
        name === found.field.name &&
        value?.ref?.number === found.value.ref?.number &&
        value?.contentsSpan?.[0] === found.value.contentsSpan?.[0] &&
        sameDict(value?.dict ?? { type: 'dict', entries: new Map() }, found.value.dict),
    );
  } catch {
    return false;
  }
}

/** Sloppiness of honest producers that can be read in one way only. */
const SLOPPY = new Set([
  'stream-keyword-eol',
  'xref-entry-size',
  'xref-stream-long',
  'name-escape',
  'prev-zero',
  'space-after-eof',
]);

/** An offset that points to the line's end in front of what it means: off by one, but not to anything else. */
async function isShortOfTarget(file: PdfFile, { id, bytes: [offset] }: PdfAnomaly): Promise<boolean> {
  if (id !== 'xref-offset-wrong') return false;
  const text = new TextDecoder('latin1').decode(await file.source.read(offset, 24));
  return /^[\r\n]{1,2}(xref\s|\d{1,10} \d{1,5} obj\b)/.test(text);
}

/** What the reader noted in bytes that no signature covers, and what stands behind the last revision. */
export async function checkFile(file: PdfFile, found: FoundSignature): Promise<void> {
  const { findings, byteRange } = found;
  if (!byteRange) return;
  const end = byteRange[2] + byteRange[3];
  const last = file.revisions.at(-1)?.endOffset ?? 0;
  const rest = await file.source.read(last, Math.min(4096, file.source.sizeBytes - last));
  const blank = file.source.sizeBytes - last <= 4096 && rest.every((byte) => [0, 9, 10, 12, 13, 32].includes(byte));
  const later: PdfAnomaly[] = [];
  for (const anomaly of file.anomalies) {
    const [offset, size] = anomaly.bytes;
    const counts = !SLOPPY.has(anomaly.id) && offset + Math.max(1, size) > end;
    if (counts && !(await isShortOfTarget(file, anomaly))) later.push(anomaly);
  }
  if (!blank && last >= end) {
    findings.failed('file-structure', 'FORMAT_FAILURE', 'file-bytes-unexplained', [
      [last, file.source.sizeBytes - last],
    ]);
  } else if (later[0]) {
    const reason = say('file-anomaly', wordsOf(later[0].id));
    findings.failed(
      'file-structure',
      'FORMAT_FAILURE',
      reason,
      later.map(({ bytes }) => bytes),
    );
  } else if (file.anomalies[0]) {
    findings.passed('file-structure', say('file-anomaly-signed', wordsOf(file.anomalies[0].id)));
  } else findings.passed('file-structure', 'file-strict');
}
