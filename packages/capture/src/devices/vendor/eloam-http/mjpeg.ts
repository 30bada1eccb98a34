import { ascii, ByteQueue, latin1 } from '../../usb/byte-queue.js';
import { protocolError } from '../shared/json.js';

/** Largest frame of a live view. */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024;
const MAX_HEADER_BYTES = 8 * 1024;

/**
 * Cuts a multipart stream of JPEG frames. Frames with a Content-Length are cut by it, others at the next boundary.
 * @source RFC 2046 5.1.1
 */
export class MjpegParser {
  readonly #queue = new ByteQueue();
  readonly #delimiter: Uint8Array;
  #state: { readonly at: 'header' } | { readonly at: 'body'; readonly sizeBytes: number | undefined } = {
    at: 'header',
  };
  #scanned = 0;

  /** `contentType` of the response, which names the boundary. */
  constructor(contentType: string) {
    const match = /^multipart\/x-mixed-replace\s*;.*?boundary="?([\x21\x23-\x7e]{1,70}?)"?\s*(;|$)/i.exec(contentType);
    if (!match?.[1]) throw protocolError('mjpeg-type');
    // Some services put the leading dashes into the parameter, too.
    this.#delimiter = ascii(`--${match[1].replace(/^--/, '')}`);
  }

  /** Frames that are complete with this chunk. */
  push(chunk: Uint8Array): Uint8Array<ArrayBuffer>[] {
    const frames: Uint8Array<ArrayBuffer>[] = [];
    // A chunk may be of any size; the queue never holds more than one frame and one step.
    for (let at = 0; at < chunk.length || at === 0; at += MAX_FRAME_BYTES) {
      this.#queue.push(chunk.subarray(at, at + MAX_FRAME_BYTES));
      for (let moved = true; moved;) moved = this.#step(frames);
    }
    return frames;
  }

  #step(frames: Uint8Array<ArrayBuffer>[]): boolean {
    return this.#state.at === 'header' ? this.#header() : this.#body(this.#state.sizeBytes, frames);
  }

  #header(): boolean {
    const text = latin1(this.#queue.peek(MAX_HEADER_BYTES));
    const end = /\r?\n\r?\n/.exec(text);
    if (!end) {
      if (text.length >= MAX_HEADER_BYTES) throw protocolError('mjpeg-header');
      return false;
    }
    this.#queue.skip(end.index + end[0].length);
    const length = /^content-length:[ \t]*(\d{1,9})[ \t]*\r?$/im.exec(text.slice(0, end.index + 1))?.[1];
    const sizeBytes = length === undefined ? undefined : Number(length);
    if (sizeBytes !== undefined && sizeBytes > MAX_FRAME_BYTES) throw protocolError('mjpeg-frame-too-large');
    this.#state = { at: 'body', sizeBytes };
    this.#scanned = 0;
    return true;
  }

  #body(sizeBytes: number | undefined, frames: Uint8Array<ArrayBuffer>[]): boolean {
    const queue = this.#queue;
    if (sizeBytes !== undefined && queue.length < sizeBytes) return false;
    const end = sizeBytes ?? queue.indexOf(this.#delimiter, this.#scanned);
    if (end < 0) {
      if (queue.length > MAX_FRAME_BYTES) throw protocolError('mjpeg-frame-too-large');
      this.#scanned = Math.max(0, queue.length - this.#delimiter.length);
      return false;
    }
    const frame = queue.take(end);
    if (frame.length > 0) frames.push(sizeBytes === undefined ? withoutLineEnd(frame) : frame);
    this.#state = { at: 'header' };
    return true;
  }
}

function withoutLineEnd(frame: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const last = frame.at(-1) === 10 ? (frame.at(-2) === 13 ? 2 : 1) : 0;
  return last === 0 ? frame : frame.slice(0, frame.length - last);
}
