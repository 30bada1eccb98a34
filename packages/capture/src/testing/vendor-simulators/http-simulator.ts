/** A request as a simulator sees it. */
export interface SimulatedRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly body: string;
}

/** The answer; `never` is a service that takes the request and says nothing. */
export type SimulatedAnswer =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
    }
  | 'never';

/** A service or device that speaks HTTP, without a network. */
export interface HttpSimulator {
  /** False: nothing listens at the address. */
  readonly running: boolean;
  handle(request: SimulatedRequest): SimulatedAnswer | Promise<SimulatedAnswer>;
}

/** An answer in JSON. */
export function jsonAnswer(value: unknown, status = 200): SimulatedAnswer {
  return bytesAnswer(new TextEncoder().encode(JSON.stringify(value)), 'application/json', status);
}

/** An answer of bytes. */
export function bytesAnswer(body: Uint8Array<ArrayBuffer>, type: string, status = 200): SimulatedAnswer {
  return { status, headers: { 'content-type': type, 'content-length': String(body.length) }, body };
}

/** `fetch` that ends at the simulator. */
export function fetchOf(
  simulator: HttpSimulator,
): (url: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (url, init = {}) => {
    const { pathname, search } = new URL(String(url));
    const { signal } = init;
    if (signal?.aborted) throw abortedError();
    if (!simulator.running) throw new TypeError('Failed to fetch');
    const body = typeof init.body === 'string' ? init.body : '';
    const answer = await simulator.handle({ method: init.method ?? 'GET', path: pathname + search, body });
    if (answer === 'never') {
      return new Promise<never>((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(abortedError()), { once: true });
      });
    }
    const empty = answer.status === 204 || answer.status === 304;
    return new Response(empty ? null : answer.body, { status: answer.status, headers: { ...answer.headers } });
  };
}

function abortedError(): DOMException {
  return new DOMException('Simulated', 'AbortError');
}
