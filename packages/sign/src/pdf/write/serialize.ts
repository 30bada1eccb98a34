import { isArray, isDict, isName, isRef, isStream, isString } from '../objects.js';
import type { NewObject, NewStream, PdfDict } from '../objects.js';
import { signError } from '../../errors/sign-codes.js';
import { ByteWriter } from './byte-writer.js';

/** First byte and end of a value within what was written. */
export type Span = readonly [start: number, end: number];

/** Values whose place must be known later; found again by identity. */
export type TrackedSpans = Map<object, Span>;

/** Bytes of one object, without `obj` and `endobj`. A stream gets its /Length. @source ISO 32000-2 7.3 */
export function serialize(object: NewObject): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  writeObject(out, object);
  return out.bytes();
}

/** True for a stream that is to be written. */
export const isNewStream = (value: NewObject): value is NewStream =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'new-stream';

/** Writes an object; `tracked` receives the span of each value that it has as a key. */
export function writeObject(out: ByteWriter, value: NewObject, tracked?: TrackedSpans): void {
  const start = out.length;
  if (value === null || typeof value === 'boolean') out.text(String(value));
  else if (typeof value === 'number') out.text(numberText(value));
  else if (isNewStream(value)) {
    writeDict(out, value.dict, tracked, value.bytes.byteLength);
    out.text('\nstream\n');
    out.push(value.bytes);
    out.text('\nendstream');
  } else if (isArray(value)) {
    out.text('[');
    value.forEach((item, index) => {
      if (index > 0) out.text(' ');
      writeObject(out, item, tracked);
    });
    out.text(']');
  } else if (isName(value)) out.text(nameText(value.value));
  else if (isString(value)) writeString(out, value.bytes, value.form);
  else if (isRef(value)) out.text(`${value.number} ${value.generation} R`);
  else if (isDict(value)) writeDict(out, value, tracked);
  else if (isStream(value)) throw signError('pdf-unsignable', { details: { reason: 'stream-rewrite' } });
  if (typeof value === 'object' && value !== null && tracked?.has(value)) tracked.set(value, [start, out.length]);
}

function writeDict(out: ByteWriter, dict: PdfDict, tracked: TrackedSpans | undefined, lengthBytes?: number): void {
  out.text('<<');
  for (const [key, value] of dict.entries) {
    if (lengthBytes !== undefined && key === 'Length') continue;
    out.text(`${nameText(key)} `);
    writeObject(out, value, tracked);
  }
  if (lengthBytes !== undefined) out.text(`/Length ${lengthBytes}`);
  out.text('>>');
}

/** Every byte that is not a regular printable character is escaped. @source ISO 32000-2 7.3.5 */
function nameText(name: string): string {
  let text = '/';
  for (const byte of nameBytes(name)) {
    const regular = byte > 0x20 && byte < 0x7f && !'#()<>[]{}/%'.includes(String.fromCharCode(byte));
    text += regular ? String.fromCharCode(byte) : `#${byte.toString(16).padStart(2, '0')}`;
  }
  return text;
}

/** Names are read byte by byte as Latin-1; anything beyond came from our own code and is UTF-8. */
function nameBytes(name: string): Iterable<number> {
  const codes = Array.from(name, (character) => character.codePointAt(0) ?? 0);
  return codes.every((code) => code < 0x100) ? codes : new TextEncoder().encode(name);
}

/** Never an exponent, which PDF does not know. @source ISO 32000-2 7.3.3 */
function numberText(value: number): string {
  if (!Number.isFinite(value)) throw signError('pdf-unsignable', { details: { reason: 'number' } });
  // The shortest text that reads back as the same number: what is written again must not look changed.
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toFixed(Math.abs(value) < 1 ? 20 : 0).replace(/\.?0+$/, '') || '0';
}

function writeString(out: ByteWriter, bytes: Uint8Array, form: 'literal' | 'hex'): void {
  if (form === 'hex') {
    out.text('<');
    out.hex(bytes);
    out.text('>');
    return;
  }
  const escaped: number[] = [0x28];
  for (const byte of bytes) {
    if (byte === 0x0d) escaped.push(0x5c, 0x72);
    else {
      if (byte === 0x28 || byte === 0x29 || byte === 0x5c) escaped.push(0x5c);
      escaped.push(byte);
    }
  }
  escaped.push(0x29);
  out.push(Uint8Array.from(escaped));
}
