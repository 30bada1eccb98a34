import { ascii } from '../../devices/usb/byte-queue.js';
import {
  bytesAnswer,
  jsonAnswer,
  type HttpSimulator,
  type SimulatedAnswer,
  type SimulatedRequest,
} from './http-simulator.js';
import { usualLenses } from './simulated-lens.js';
import { tinyJpeg, toBase64, type PictureMaker } from './tiny-jpeg.js';

const BOUNDARY = 'frame';
type Live = ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;

/** The Eloam service on port 38088: MJPEG stream, status, pictures, ID card. */
export class EloamHttpSimulator implements HttpSimulator {
  running = true;
  silent = false;
  /** Older versions answer with `photoBase64`. */
  version: 'images' | 'photoBase64' = 'images';
  /** Fields of the card that lies there. */
  card: Readonly<Record<string, string>> | undefined;
  readonly lenses = usualLenses();
  /** Makes the pictures; give one that makes real JPEGs where somebody looks at them. */
  picture: PictureMaker = tinyJpeg;
  /** Answers to the next requests in place of the right ones. */
  readonly wrong: SimulatedAnswer[] = [];
  /** Bodies of the pictures asked for. */
  readonly grabs: string[] = [];
  readonly #live = new Set<Live>();
  #tag = 0;

  /** Live views that are open. */
  get streams(): number {
    return this.#live.size;
  }

  handle({ method, path, body }: SimulatedRequest): SimulatedAnswer {
    if (this.silent) return 'never';
    const wrong = this.wrong.shift();
    if (wrong) return wrong;
    const stream = /^\/video=stream&camidx=(\d)/.exec(path);
    if (method === 'GET' && stream) return this.#stream(Number(stream[1]));
    if (method !== 'POST') return bytesAnswer(new Uint8Array(0), 'text/plain', 404);
    if (path === '/video=status') {
      const states = this.lenses.map(({ plugged }, lens) => [`video${lens}`, plugged ? 'ok' : 'no']);
      return jsonAnswer({ code: '0', ...Object.fromEntries(states) });
    }
    if (path === '/video=grabimage') return this.#grab(body);
    if (path === '/card=idcard') return jsonAnswer(this.card ? { code: 0, IDCardInfo: this.card } : { code: '-1' });
    return bytesAnswer(new Uint8Array(0), 'text/plain', 404);
  }

  /** Sends the next frame to every live view; the second half is kept back when the service dies in the middle. */
  frame({ cut = false } = {}): void {
    const jpeg = this.picture({ widthPx: 640, heightPx: 480, tag: (this.#tag += 1) });
    const part = concat(
      ascii(`--${BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`),
      jpeg,
      ascii('\r\n'),
    );
    for (const live of this.#live) live.enqueue(cut ? part.slice(0, part.length >> 1) : part);
  }

  /** The service dies. */
  stop(): void {
    this.running = false;
    this.breakStreams();
  }

  /** Live views break; the service runs on. */
  breakStreams(): void {
    for (const live of this.#live) live.error(new TypeError('network error'));
    this.#live.clear();
  }

  #stream(lens: number): SimulatedAnswer {
    if (!this.lenses[lens]?.plugged) return jsonAnswer({ code: '-1' }, 404);
    let own: Live | undefined;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        own = controller;
        this.#live.add(controller);
      },
      cancel: () => {
        if (own) this.#live.delete(own);
      },
    });
    queueMicrotask(() => this.frame());
    return { status: 200, headers: { 'content-type': `multipart/x-mixed-replace; boundary=${BOUNDARY}` }, body };
  }

  #grab(body: string): SimulatedAnswer {
    this.grabs.push(body);
    const lens = Number((JSON.parse(body) as { camidx?: string }).camidx);
    if (!this.lenses[lens]?.plugged) return jsonAnswer({ code: '-1' });
    const base64 = toBase64(this.picture({ widthPx: 3264, heightPx: 2448, tag: (this.#tag += 1) }));
    return jsonAnswer(
      this.version === 'images' ? { code: 0, images: [{ base64 }] } : { code: '0', photoBase64: base64 },
    );
  }
}

function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
