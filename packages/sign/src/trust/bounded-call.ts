import { abortError, linkAbort, systemClock, untilAborted, type AnjuanError, type Clock } from '@anjuan/core';
import { joinBytes } from '../bytes/byte-source.js';

/** Why a call gave nothing. */
export type CallFault = 'unreachable' | 'timeout' | 'redirect' | 'too-large';

/** How calls reach the network; replaceable for proxies and tests. */
export interface CallOptions {
  /** Default the `fetch` of the page. */
  readonly fetch?: typeof fetch;
  /** Milliseconds for one call, reading the answer included. */
  readonly timeoutMs?: number;
  /** Default the clock of the machine. */
  readonly clock?: Clock;
}

/** One call to a service. */
export interface BoundedCall extends CallOptions {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** A longer answer is none. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
  /** The error of the caller for this fault. */
  readonly fault: (reason: CallFault, cause?: unknown) => AnjuanError;
}

/** Any HTTP answer, read to its end. */
export interface CallAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const DEFAULT_TIMEOUT_MS = 15_000;

/**
 * One request without cookies, referrer and cache; redirects are refused, because what was signed or asked must not move
 * to another host. Errors: what `fault` gives, `aborted`.
 */
export async function boundedCall(call: BoundedCall): Promise<CallAnswer> {
  const { signal, fault, clock = systemClock, timeoutMs = DEFAULT_TIMEOUT_MS } = call;
  const linked = linkAbort(signal);
  const cancel = clock.after(timeoutMs, () => linked.abort(fault('timeout')));
  try {
    if (linked.signal.aborted) throw abortError(linked.signal);
    return await untilAborted(send(call, linked.signal), linked.signal);
  } catch (error) {
    if (linked.signal.aborted) throw abortError(linked.signal);
    if (error instanceof Fault) throw fault(error.reason);
    throw fault('unreachable', error);
  } finally {
    cancel();
    linked.release();
  }
}

class Fault extends Error {
  constructor(readonly reason: CallFault) {
    super(reason);
  }
}

async function send(call: BoundedCall, signal: AbortSignal): Promise<CallAnswer> {
  const { body } = call;
  const response = await (call.fetch ?? fetch)(call.url, {
    method: call.method ?? 'POST',
    headers: { ...call.headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    signal,
    redirect: 'manual',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
  const { status, type, redirected } = response;
  if (redirected || type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    await response.body?.cancel();
    throw new Fault('redirect');
  }
  const contentType = (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return { status, contentType, bytes: await readBounded(response, call.maxBytes) };
}

async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joinBytes(pieces);
    sizeBytes += value.byteLength;
    if (sizeBytes > maxBytes) {
      await reader.cancel();
      throw new Fault('too-large');
    }
    pieces.push(value);
  }
}
