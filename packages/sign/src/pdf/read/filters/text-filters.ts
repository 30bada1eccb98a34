import { hexValue, isWhite } from '../chars.js';
import { malformed } from '../read-errors.js';
import { ByteBuilder } from './byte-builder.js';

/** @source ISO 32000-2 7.4.2 */
export function asciiHex(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const out = new ByteBuilder(maxBytes);
  let high = -1;
  for (const byte of bytes) {
    if (byte === 0x3e) break;
    if (isWhite(byte)) continue;
    const value = hexValue(byte);
    if (value < 0) throw malformed('ascii-hex');
    if (high < 0) high = value;
    else {
      out.push(high * 16 + value);
      high = -1;
    }
  }
  if (high >= 0) out.push(high * 16);
  return out.done();
}

/** @source ISO 32000-2 7.4.3 */
export function ascii85(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const out = new ByteBuilder(maxBytes);
  let value = 0;
  let digits = 0;
  const emit = (count: number): void => {
    if (value > 0xffffffff) throw malformed('ascii85');
    for (let index = 0, unit = 2 ** 24; index < count; index += 1, unit /= 256)
      out.push(Math.floor(value / unit) % 256);
    value = 0;
    digits = 0;
  };
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (isWhite(byte)) continue;
    if (byte === 0x7a && digits === 0) emit(4);
    else if (byte < 0x21 || byte > 0x75) throw malformed('ascii85');
    else {
      value = value * 85 + byte - 0x21;
      digits += 1;
      if (digits === 5) emit(4);
    }
  }
  if (digits === 1) throw malformed('ascii85');
  if (digits > 1) {
    const count = digits - 1;
    for (; digits < 5; digits += 1) value = value * 85 + 84;
    emit(count);
  }
  return out.done();
}

/** @source ISO 32000-2 7.4.5 */
export function runLength(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const out = new ByteBuilder(maxBytes);
  for (let at = 0; at < bytes.byteLength;) {
    const length = bytes[at] ?? 128;
    if (length === 128) break;
    const end = at + (length < 128 ? length + 2 : 2);
    if (end > bytes.byteLength) throw malformed('run-length');
    if (length < 128) out.append(bytes.subarray(at + 1, end));
    else out.append(new Uint8Array(257 - length).fill(bytes[at + 1] ?? 0));
    at = end;
  }
  return out.done();
}
