import { AnjuanError, type Transport } from '@anjuan/core';
import type { Store, StoreTransaction } from '../store/store.js';

/** `before-commit`: the work is undone. `after-commit`: it is done, but its answer is lost. */
export type StoreFault = 'before-commit' | 'after-commit';

/** A store whose next transaction fails as told, once. */
export function faultyStore(store: Store): { readonly store: Store; readonly fail: (fault: StoreFault) => void } {
  let next: StoreFault | undefined;
  const transaction = async <T>(
    work: (tx: StoreTransaction) => Promise<T>,
    call?: Parameters<Store['transaction']>[1],
  ): Promise<T> => {
    const fault = next;
    next = undefined;
    const result = await store.transaction(async (tx) => {
      const value = await work(tx);
      if (fault === 'before-commit') throw new AnjuanError('server-fault', { message: 'Injected before commit.' });
      return value;
    }, call);
    if (fault === 'after-commit') throw new AnjuanError('server-fault', { message: 'Injected after commit.' });
    return result;
  };
  const faulty = new Proxy(store, {
    get(target, name) {
      if (name === 'transaction') return transaction;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { store: faulty, fail: (fault) => void (next = fault) };
}

/** What happens to a call on its way. */
export type TransportFault =
  /** The request never arrives. */
  | { readonly kind: 'drop-before' }
  /** The archive does the work; the answer never comes back. */
  | { readonly kind: 'drop-after' }
  | { readonly kind: 'status'; readonly status: 429 | 500 | 502 | 503 | 504; readonly retryAfterS?: number }
  /** A proxy answers with its own page. */
  | { readonly kind: 'html'; readonly status: number }
  /** The body ends early, with an error. */
  | { readonly kind: 'cut-body'; readonly afterBytes: number }
  /** Content-Length says more than comes. */
  | { readonly kind: 'wrong-length' }
  | { readonly kind: 'delay'; readonly delayMs: number };

/** Puts faults between a client and an archive: `choose` sees each request and says what goes wrong, if anything. */
export function faultyTransport(
  transport: Transport,
  choose: (request: Request, callNumber: number) => TransportFault | undefined,
): Transport {
  let callNumber = 0;
  return async (request) => {
    const fault = choose(request, callNumber);
    callNumber += 1;
    return fault ? withFault(transport, request, fault) : transport(request);
  };
}

/** What fetch rejects with when the network is gone. */
const lost = (): TypeError => new TypeError('Failed to fetch');

async function withFault(transport: Transport, request: Request, fault: TransportFault): Promise<Response> {
  switch (fault.kind) {
    case 'drop-before':
      throw lost();
    case 'drop-after': {
      const response = await transport(request);
      await response.body?.cancel();
      throw lost();
    }
    case 'status': {
      const headers = fault.retryAfterS === undefined ? {} : { 'Retry-After': String(fault.retryAfterS) };
      return new Response('', { status: fault.status, headers });
    }
    case 'html': {
      const headers = { 'content-type': 'text/html' };
      return new Response('<!doctype html><title>Proxy</title>', { status: fault.status, headers });
    }
    case 'cut-body':
      return cutBody(await transport(request), fault.afterBytes);
    case 'wrong-length': {
      const response = await transport(request);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const headers = new Headers(response.headers);
      headers.set('content-length', String(bytes.byteLength + 1));
      return new Response(bytes, { status: response.status, headers });
    }
    case 'delay':
      await delay(fault.delayMs, request.signal);
      return transport(request);
  }
}

function delay(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', stop, { once: true });
  });
}

async function cutBody(response: Response, afterBytes: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.enqueue(bytes.slice(0, afterBytes));
    },
    pull(controller) {
      controller.error(new TypeError('network error'));
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}
