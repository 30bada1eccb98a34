import { abortError, AnjuanError, delay, throwIfAborted, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { withDeadline } from '../vendor/shared/deadline.js';
import { readBody } from '../vendor/shared/read-body.js';

/** What a scanner's address is spoken to with. */
export interface EsclHttpOptions {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly clock: Clock;
  /** Milliseconds for an answer that needs no mechanics. */
  readonly timeoutMs: number;
  /** Milliseconds for one page. */
  readonly pageTimeoutMs: number;
}

/** One request. */
export interface EsclCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
}

/** Largest page and largest text. */
const MAX_PAGE_BYTES = 256 * 1024 * 1024;
const MAX_TEXT_BYTES = 1024 * 1024;
/** Milliseconds between two tries. @source sane-airscan airscan-escl.c */
const RETRY_PAUSE_MS = 1000;
/** Tries while the scanner says 503. @source sane-airscan airscan-escl.c */
export const TRIES = 10;
/** Tries for a page, which the scanner may still be drawing in. @source sane-airscan airscan-escl.c */
export const PAGE_TRIES = 30;

/** Sends once; a scanner that cannot be reached is `device-not-found`. */
export async function esclSend(
  options: EsclHttpOptions,
  { method, url, body, signal, timeoutMs }: EsclCall,
): Promise<Response> {
  const patience = { clock: options.clock, timeoutMs: timeoutMs ?? options.timeoutMs, signal };
  return withDeadline(patience, async (limited) => {
    try {
      const headers = body === undefined ? {} : { 'content-type': 'text/xml' };
      return await options.fetch(url, {
        method,
        headers,
        signal: limited,
        cache: 'no-store',
        ...(body !== undefined && { body }),
      });
    } catch (cause) {
      if (limited.aborted) throw abortError(limited);
      throw AnjuanError.is(cause) ? cause : captureError('device-not-found', { cause });
    }
  });
}

/** Sends again while the scanner answers 503. */
export async function esclRetry(options: EsclHttpOptions, call: EsclCall, tries: number): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await esclSend(options, call);
    if (response.status !== 503) return response;
    await discard(response);
    throwIfAborted(call.signal);
    if (attempt >= tries) throw captureError('scanner-busy', { details: { tries } });
    await delay(options.clock, RETRY_PAUSE_MS, call.signal ?? new AbortController().signal);
  }
}

/** The XML at an address. */
export async function esclText(
  options: EsclHttpOptions,
  url: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const response = await esclRetry(options, { method: 'GET', url, signal }, TRIES);
  if (response.status !== 200) {
    await discard(response);
    throw httpFault(response.status);
  }
  const bytes = await bodyOf(options, response, { signal, maxBytes: MAX_TEXT_BYTES });
  return new TextDecoder().decode(bytes);
}

/** The bytes of a page. */
export function esclPage(
  options: EsclHttpOptions,
  response: Response,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  return bodyOf(options, response, { signal, maxBytes: MAX_PAGE_BYTES });
}

/** What a status means that the protocol gives no meaning at this place. */
export function httpFault(status: number): AnjuanError {
  const gone = status === 404 || status === 502 || status === 504;
  return captureError(gone ? 'device-not-found' : 'scanner-failed', { details: { status } });
}

/** Ends a body that nobody wants, so that its connection is free again. */
export async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}

async function bodyOf(
  { clock, pageTimeoutMs }: EsclHttpOptions,
  response: Response,
  { signal, maxBytes }: { readonly signal: AbortSignal | undefined; readonly maxBytes: number },
): Promise<Uint8Array<ArrayBuffer>> {
  return withDeadline({ clock, timeoutMs: pageTimeoutMs, signal }, async (limited) => {
    try {
      return await readBody(response, { maxBytes, signal: limited });
    } catch (cause) {
      if (limited.aborted) throw abortError(limited);
      throw AnjuanError.is(cause) ? cause : captureError('device-lost', { cause });
    }
  });
}
