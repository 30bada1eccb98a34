import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface ShaperOptions {
  /** Sends a request path to a local port. */
  readonly route: (path: string) => number;
  /** Added once to every request, as one round trip of the simulated line. */
  readonly roundTripMs: number;
  /** Shared by all responses, bits per second. */
  readonly bitsPerSecond: number;
}

export interface Transfer {
  readonly path: string;
  readonly sizeBytes: number;
  /** Epoch milliseconds when the last byte left. */
  readonly endedMs: number;
}

/** A line all responses share: each chunk leaves when those before it have left. */
class Line {
  #freeAtMs = 0;
  readonly #bytesPerMs: number;

  constructor(bitsPerSecond: number) {
    this.#bytesPerMs = bitsPerSecond / 8 / 1000;
  }

  /** Milliseconds from now until `sizeBytes` have passed. */
  send(sizeBytes: number): number {
    const now = performance.now();
    this.#freeAtMs = Math.max(now, this.#freeAtMs) + sizeBytes / this.#bytesPerMs;
    return this.#freeAtMs - now;
  }
}

/** Reverse proxy on loopback with the delay and bandwidth of a hospital line. */
export class Shaper {
  readonly transfers: Transfer[] = [];
  /** Of all responses so far, of those cut off as well. */
  sentBytes = 0;
  readonly #options: ShaperOptions;
  readonly #line: Line;
  readonly #server: Server;

  constructor(options: ShaperOptions) {
    this.#options = options;
    this.#line = new Line(options.bitsPerSecond);
    this.#server = createServer((incoming, outgoing) => {
      setTimeout(() => this.#forward(incoming, outgoing), options.roundTripMs);
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const path = incoming.url ?? '/';
    const upstream = request(
      {
        host: '127.0.0.1',
        port: this.#options.route(path),
        path,
        method: incoming.method,
        headers: incoming.headers,
        // A kept connection can close just when it is used again; a viewer that never retries would wait for ever.
        agent: false,
      },
      (answer) => void this.#send(path, answer, outgoing),
    );
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  }

  async #send(path: string, answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    let sizeBytes = 0;
    try {
      for await (const chunk of answer) {
        const piece = chunk as Buffer;
        sizeBytes += piece.length;
        const waitMs = this.#line.send(piece.length);
        if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
        if (outgoing.destroyed) return;
        outgoing.write(piece);
        this.sentBytes += piece.length;
      }
      outgoing.end();
      this.transfers.push({ path, sizeBytes, endedMs: Date.now() });
    } catch {
      outgoing.destroy();
    }
  }
}
