import { captureError } from '@anjuan/core/outbox';
import { ByteQueue } from '../usb/byte-queue.js';

/** One container without its length. */
export interface PtpContainer {
  readonly type: number;
  readonly code: number;
  readonly transactionId: number;
  /** Parameters of commands, responses and events; bytes of data. */
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** Length, type, code and transaction. @source USB Still Image Capture Device Definition 1.0, 7.1 */
const HEADER_BYTES = 12;
/** Commands, responses and events have five parameters at most; some devices pad them. */
const MAX_SMALL_BYTES = 512;
/** Largest object that is taken. */
export const MAX_OBJECT_BYTES = 256 * 1024 * 1024;

/** The bytes of a command with its parameters. */
export function encodeContainer(
  { type, code, transactionId }: Omit<PtpContainer, 'payload'>,
  params: readonly number[],
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + 4 * params.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, code, true);
  view.setUint32(8, transactionId, true);
  params.forEach((param, index) => view.setUint32(HEADER_BYTES + 4 * index, param >>> 0, true));
  return bytes;
}

/** The 32-bit parameters of a payload. */
export function paramsOf({ payload }: PtpContainer): readonly number[] {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  return Array.from({ length: Math.min(5, payload.length >> 2) }, (_, index) => view.getUint32(4 * index, true));
}

/** Joins transfers into containers, whatever pieces they come in. Throws `device-protocol`. */
export class PtpContainerReader {
  readonly #queue = new ByteQueue();

  /** Takes what one transfer gave. */
  push(bytes: Uint8Array): void {
    if (this.#queue.length + bytes.length > MAX_OBJECT_BYTES + HEADER_BYTES) throw ptpError('too-large');
    this.#queue.push(bytes);
    this.#length();
  }

  /** The next complete container, or nothing while bytes are missing. */
  next(): PtpContainer | undefined {
    const length = this.#length();
    if (length === undefined || this.#queue.length < length) return undefined;
    const view = viewOf(this.#queue.peek(HEADER_BYTES));
    const [type, code, transactionId] = [view.getUint16(4, true), view.getUint16(6, true), view.getUint32(8, true)];
    this.#queue.skip(HEADER_BYTES);
    return { type, code, transactionId, payload: this.#queue.take(length - HEADER_BYTES) };
  }

  /** Forgets what came. */
  clear(): void {
    this.#queue.clear();
  }

  /** The checked length of the container at the front, once its header is there. */
  #length(): number | undefined {
    if (this.#queue.length < HEADER_BYTES) return undefined;
    const view = viewOf(this.#queue.peek(HEADER_BYTES));
    const [length, type] = [view.getUint32(0, true), view.getUint16(4, true)];
    if (type < 1 || type > 4) throw ptpError('type');
    if (length < HEADER_BYTES || length > (type === 2 ? MAX_OBJECT_BYTES + HEADER_BYTES : MAX_SMALL_BYTES))
      throw ptpError('length');
    return length;
  }
}

/** `device-protocol` with the place that was wrong. */
export function ptpError(part: string): ReturnType<typeof captureError> {
  return captureError('device-protocol', { details: { part: `ptp-${part}` } });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
