import { ptpError } from './ptp-container.js';

/** What the camera says about itself. */
export interface PtpDeviceInfo {
  readonly operations: readonly number[];
  readonly manufacturer: string;
  readonly model: string;
}

/** What the camera says about one picture. */
export interface PtpObjectInfo {
  readonly format: number;
  readonly sizeBytes: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Most entries of an array: a full card holds some ten thousand pictures. */
const MAX_ENTRIES = 100_000;

/** Reads little-endian values in order; `device-protocol` beyond the end. @source ISO 15740 clause 5.3 */
class DatasetReader {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4), true);
  }

  skip(bytes: number): void {
    this.#step(bytes);
  }

  /** A count and as many values of that width. */
  array(valueBytes: 2 | 4): readonly number[] {
    const count = this.u32();
    if (count > MAX_ENTRIES || count * valueBytes > this.#view.byteLength - this.#at) throw ptpError('array');
    return Array.from({ length: count }, () => (valueBytes === 2 ? this.u16() : this.u32()));
  }

  /** A count of UTF-16 units with the final zero, and the units. */
  string(): string {
    const units = this.u8();
    let text = '';
    for (let index = 0; index < units; index += 1) text += String.fromCharCode(this.u16());
    return text.replace(/\0.*$/s, '');
  }

  #step(bytes: number): number {
    const at = this.#at;
    if (at + bytes > this.#view.byteLength) throw ptpError('dataset');
    this.#at += bytes;
    return at;
  }
}

/** @source ISO 15740 clause 5.5.1 */
export function parseDeviceInfo(bytes: Uint8Array): PtpDeviceInfo {
  const reader = new DatasetReader(bytes);
  reader.skip(8); // version of the standard, vendor extension and its version
  reader.string(); // description of the extension
  reader.skip(2); // functional mode
  const operations = reader.array(2);
  for (let list = 0; list < 4; list += 1) reader.array(2); // events, properties, capture formats, image formats
  return { operations, manufacturer: reader.string(), model: reader.string() };
}

/** @source ISO 15740 clause 5.5.2 */
export function parseObjectInfo(bytes: Uint8Array): PtpObjectInfo {
  const reader = new DatasetReader(bytes);
  reader.skip(4); // store
  const format = reader.u16();
  reader.skip(2); // protection
  const sizeBytes = reader.u32();
  reader.skip(14); // thumbnail: format, size, width, height
  return { format, sizeBytes, widthPx: reader.u32(), heightPx: reader.u32() };
}

/** Handles of all objects. @source ISO 15740 clause 10.5.7 */
export function parseHandles(bytes: Uint8Array): readonly number[] {
  return new DatasetReader(bytes).array(4);
}
