import { AnjuanError } from '../errors/anjuan-error.js';
import { abortError, throwIfAborted, untilAborted } from '../lifecycle/abort.js';
import { readBody } from './body.js';
import type { Call, Reply, Send } from './call.js';
import { REQUEST_ID_HEADER } from './request-id.js';
import type { Transport } from './transport.js';

/** `fetch`, looked up at call time, so that a host may patch it. */
export const fetchTransport: Transport = (request) => fetch(request);

/**
 * The innermost step: one Request out, one complete Reply back. Any status is a Reply here.
 * Errors: `network-unreachable`, `network-interrupted`, what the signal says.
 */
export function exchange(transport: Transport): Send {
  return async (call) => {
    throwIfAborted(call.signal);
    const sentId = call.headers[REQUEST_ID_HEADER] ?? '';
    const response = await send(transport, call, sentId);
    const requestId = response.headers.get(REQUEST_ID_HEADER) ?? sentId;
    const hasBody = call.method !== 'HEAD' && response.status !== 204 && response.status !== 304;
    const body = hasBody
      ? await readBody(response, {
          signal: call.signal,
          requestId,
          ...(call.onProgress && { onProgress: call.onProgress }),
        })
      : { chunks: [], sizeBytes: 0 };
    return { status: response.status, headers: response.headers, requestId, ...body } satisfies Reply;
  };
}

async function send(transport: Transport, call: Call, requestId: string): Promise<Response> {
  const request = requestOf(call, requestId);
  try {
    return await untilAborted(transport(request), call.signal);
  } catch (error) {
    if (call.signal.aborted) throw abortError(call.signal);
    if (AnjuanError.is(error)) throw error;
    // The error itself is not kept: its message may quote the address with its query.
    throw new AnjuanError('network-unreachable', { requestId, details: { reason: safeReason(error) } });
  }
}

function requestOf(call: Call, requestId: string): Request {
  try {
    return new Request(call.url, {
      method: call.method,
      headers: call.headers,
      signal: call.signal,
      // Patient data stays out of the browser's disk cache on shared ward computers, and out of referrers.
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      ...(call.body !== undefined && { body: call.body }),
    });
  } catch {
    // Most often a line break inside the token; the platform's message would quote it.
    throw new AnjuanError('invalid-argument', {
      message: 'The request cannot be built; check that the token has no line breaks or other control characters.',
      requestId,
    });
  }
}

function safeReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const systemCode = (error.cause as { code?: unknown } | undefined)?.code;
  return typeof systemCode === 'string' && /^[A-Z_]{2,40}$/.test(systemCode) ? systemCode : error.name.slice(0, 40);
}
