import { captureError } from '@anjuan/core/outbox';
import { ByteQueue, latin1 } from '../usb/byte-queue.js';

/** Start line and headers of a response. */
export interface HttpHead {
  readonly status: number;
  /** Names in lower case; repeated ones joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
}

/** Bounds of a response. */
const MAX_HEAD_BYTES = 32 * 1024;
const MAX_HEADERS = 100;
const MAX_LINE_BYTES = 8 * 1024;
const MAX_BODY_BYTES = 256 * 1024 * 1024;

type State =
  | { readonly status: 'head' }
  | { readonly status: 'sized'; readonly leftBytes: number }
  | { readonly status: 'chunk-size' }
  | { readonly status: 'chunk'; readonly leftBytes: number }
  | { readonly status: 'chunk-end' }
  | { readonly status: 'trailer' }
  | { readonly status: 'done' };

/**
 * Reads HTTP/1.1 responses from a pipe, whatever pieces they come in. The end of a body must be told by its length or its
 * chunks, because a USB pipe has no end. Throws `device-protocol`.
 * @source RFC 9112 sections 2 to 7
 */
export class HttpResponseParser {
  readonly #queue = new ByteQueue();
  readonly #noBody: boolean;
  #state: State = { status: 'head' };
  #bodyBytes = 0;
  #head: HttpHead | undefined;
  #body: Uint8Array<ArrayBuffer>[] = [];

  /** `method` of the request: answers to HEAD have no body. */
  constructor(method: string) {
    this.#noBody = method === 'HEAD';
  }

  /** True when the response is complete. */
  get done(): boolean {
    return this.#state.status === 'done';
  }

  /** Set once the headers are complete. */
  get head(): HttpHead | undefined {
    return this.#head;
  }

  /** The pieces of the body that came since the last call. */
  takeBody(): Uint8Array<ArrayBuffer>[] {
    return this.#body.splice(0);
  }

  /** Bytes behind the end of the response; none when the device keeps to one answer a request. */
  get surplusBytes(): number {
    return this.done ? this.#queue.length : 0;
  }

  /** Takes the next bytes. */
  push(bytes: Uint8Array): void {
    if (this.done) {
      if (bytes.length > 0) throw httpError('surplus');
      return;
    }
    this.#queue.push(bytes);
    for (let moved = true; moved;) moved = this.#step();
  }

  #step(): boolean {
    const state = this.#state;
    switch (state.status) {
      case 'head':
        return this.#readHead();
      case 'sized':
        return this.#readBody(state, { status: 'done' });
      case 'chunk-size':
        return this.#readChunkSize();
      case 'chunk':
        return this.#readBody(state, { status: 'chunk-end' });
      case 'chunk-end': {
        const line = this.#line();
        if (line === undefined) return false;
        if (line !== '') throw httpError('chunk-end');
        this.#state = { status: 'chunk-size' };
        return true;
      }
      case 'trailer': {
        const line = this.#line();
        if (line === '') this.#state = { status: 'done' };
        return line !== undefined && line !== '';
      }
      case 'done':
        return false;
    }
  }

  #readHead(): boolean {
    const text = latin1(this.#queue.peek(MAX_HEAD_BYTES));
    const end = /\r?\n\r?\n/.exec(text);
    if (!end) {
      if (text.length >= MAX_HEAD_BYTES) throw httpError('head-too-large');
      return false;
    }
    this.#queue.skip(end.index + end[0].length);
    const head = parseHead(text.slice(0, end.index));
    // 1xx is followed by the response that counts.
    if (head.status >= 200) {
      this.#head = head;
      this.#state = this.#bodyState(head);
    }
    return true;
  }

  #bodyState({ status, headers }: HttpHead): State {
    if (this.#noBody || status === 204 || status === 304) return { status: 'done' };
    const encoding = headers.get('transfer-encoding');
    if (encoding !== undefined) {
      if (encoding.toLowerCase() !== 'chunked') throw httpError('transfer-encoding');
      return { status: 'chunk-size' };
    }
    const length = headers.get('content-length');
    if (length === undefined) throw httpError('length-missing');
    const values = new Set(length.split(',').map((value) => value.trim()));
    const [value = ''] = values;
    if (values.size !== 1 || !/^\d{1,12}$/.test(value) || Number(value) > MAX_BODY_BYTES)
      throw httpError('content-length');
    return Number(value) === 0 ? { status: 'done' } : { status: 'sized', leftBytes: Number(value) };
  }

  #readChunkSize(): boolean {
    const line = this.#line();
    if (line === undefined) return false;
    const digits = /^([0-9A-Fa-f]{1,8})\s*(;.*)?$/.exec(line)?.[1];
    if (digits === undefined) throw httpError('chunk-size');
    const size = Number.parseInt(digits, 16);
    if (this.#bodyBytes + size > MAX_BODY_BYTES) throw httpError('body-too-large');
    this.#state = size === 0 ? { status: 'trailer' } : { status: 'chunk', leftBytes: size };
    return true;
  }

  #readBody(state: { readonly status: 'sized' | 'chunk'; readonly leftBytes: number }, next: State): boolean {
    const piece = this.#queue.take(state.leftBytes);
    if (piece.length === 0) return false;
    this.#bodyBytes += piece.length;
    this.#body.push(piece);
    const leftBytes = state.leftBytes - piece.length;
    this.#state = leftBytes === 0 ? next : { ...state, leftBytes };
    return true;
  }

  #line(): string | undefined {
    const at = this.#queue.peek(MAX_LINE_BYTES).indexOf(10);
    if (at < 0) {
      if (this.#queue.length >= MAX_LINE_BYTES) throw httpError('line-too-long');
      return undefined;
    }
    return latin1(this.#queue.take(at + 1)).replace(/\r?\n$/, '');
  }
}

function parseHead(text: string): HttpHead {
  const [start = '', ...lines] = text.split(/\r?\n/);
  const status = /^HTTP\/1\.[01] (\d{3})( |$)/.exec(start)?.[1];
  if (status === undefined || Number(status) < 100 || lines.length > MAX_HEADERS) throw httpError('start-line');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/.exec(line);
    if (!match?.[1]) throw httpError('header');
    const name = match[1].toLowerCase();
    const before = headers.get(name);
    headers.set(name, before === undefined ? (match[2] ?? '') : `${before}, ${match[2] ?? ''}`);
  }
  return { status: Number(status), headers };
}

function httpError(part: string): ReturnType<typeof captureError> {
  return captureError('device-protocol', { details: { part: `http-${part}` } });
}
