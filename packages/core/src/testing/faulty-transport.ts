import { delay, systemClock, type Clock } from '../lifecycle/clock.js';
import { onAbort } from '../lifecycle/abort.js';
import { codeSystems } from '../model/fhir-names.js';
import type { Transport } from '../transport/transport.js';
import { PROXY_PAGE, type Fault } from './faults.js';

export interface FaultyTransport {
  readonly transport: Transport;
  /** Requests seen so far. */
  readonly requestCount: number;
  /** Each of the following requests gets one of these; then all is well again. `undefined` lets one pass. */
  next(...faults: (Fault | undefined)[]): void;
  /** Every request (or every matching one) gets this fault, until called with `undefined`. */
  always(fault: Fault | undefined, match?: (request: Request) => boolean): void;
}

/** Wraps a transport so that stories and tests can break it at will. */
export function createFaultyTransport(inner: Transport, options: { readonly clock?: Clock } = {}): FaultyTransport {
  const clock = options.clock ?? systemClock;
  const queue: (Fault | undefined)[] = [];
  let standing: { readonly fault: Fault; readonly match: (request: Request) => boolean } | undefined;
  let requestCount = 0;
  return {
    get requestCount() {
      return requestCount;
    },
    next: (...faults) => {
      queue.push(...faults);
    },
    always: (fault, match = () => true) => {
      standing = fault && { fault, match };
    },
    transport: async (request) => {
      requestCount += 1;
      const fault = queue.length > 0 ? queue.shift() : standing?.match(request) ? standing.fault : undefined;
      return fault ? inflict(fault, { request, inner, clock }) : inner(request);
    },
  };
}

interface Victim {
  readonly request: Request;
  readonly inner: Transport;
  readonly clock: Clock;
}

async function inflict(fault: Fault, { request, inner, clock }: Victim): Promise<Response> {
  switch (fault.kind) {
    case 'latency':
      await delay(clock, fault.ms, request.signal);
      return inner(request);
    case 'stall':
      return new Promise((_resolve, reject) => onAbort(request.signal, () => reject(abortedFetch())));
    case 'offline':
      throw new TypeError('Failed to fetch');
    case 'status':
      return new Response(fault.code === undefined ? null : outcome(fault.code), {
        status: fault.status,
        headers: { 'content-type': 'application/fhir+json', ...waiting(fault.retryAfter) },
      });
    case 'html':
      return new Response(PROXY_PAGE, {
        status: fault.status ?? 200,
        headers: { 'content-type': 'text/html; charset=utf-8', ...waiting(fault.retryAfter) },
      });
    case 'cut-body':
      return rebody(await inner(request), (bytes) => brokenStream(bytes.subarray(0, fault.afterBytes), 'error'));
    case 'stalled-body':
      return rebody(await inner(request), (bytes) => brokenStream(bytes.subarray(0, fault.afterBytes), 'stall'));
    case 'wrong-length':
      return rebody(await inner(request), (bytes) => bytes.slice(0, Math.max(0, bytes.length - fault.missingBytes)));
  }
}

function waiting(retryAfter: string | undefined): Record<string, string> {
  return retryAfter === undefined ? {} : { 'retry-after': retryAfter };
}

function outcome(code: string): string {
  return JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'processing', details: { coding: [{ system: codeSystems.error, code }] } }],
  });
}

async function rebody(
  response: Response,
  change: (bytes: Uint8Array<ArrayBuffer>) => ReadableStream<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set('content-length', String(bytes.length));
  return new Response(change(bytes), { status: response.status, headers });
}

function brokenStream(
  bytes: Uint8Array<ArrayBuffer>,
  ending: 'error' | 'stall',
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = false;
  return new ReadableStream({
    pull: (controller) => {
      if (!sent && bytes.length > 0) {
        sent = true;
        controller.enqueue(bytes);
        return undefined;
      }
      if (ending === 'error') controller.error(new TypeError('terminated'));
      return new Promise<void>(() => undefined);
    },
  });
}

function abortedFetch(): Error {
  const error = new Error('The operation was aborted.');
  error.name = 'AbortError';
  return error;
}
