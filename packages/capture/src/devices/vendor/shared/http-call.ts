import { abortError, AnjuanError, throwIfAborted } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { withDeadline } from './deadline.js';
import { MAX_MESSAGE_CHARS, parseObject, type JsonObject } from './json.js';
import { timing, type HttpServiceOptions } from './options.js';
import { readBody } from './read-body.js';
import { assertNotBlocked, serviceFault } from './service-fault.js';

/** One request to a service. */
export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Sent as plain text, so that the browser asks no preflight that these services do not answer. */
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
  /** Overrides the source's patience. Milliseconds. */
  readonly timeoutMs?: number;
}

/** Sends and gives the response; its body is read by the caller under the same signal. */
export async function httpResponse(options: HttpServiceOptions, call: HttpCall): Promise<Response> {
  const send = options.fetch ?? globalThis.fetch;
  const { method, url, body, signal } = call;
  throwIfAborted(signal);
  await assertNotBlocked(url, options);
  try {
    const response = await send(url, {
      method,
      credentials: 'omit',
      cache: 'no-store',
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    });
    if (!response.ok) throw captureError('service-failed', { details: { status: response.status } });
    return response;
  } catch (error) {
    if (signal?.aborted) throw abortError(signal);
    if (AnjuanError.is(error)) throw error;
    throw await serviceFault(url, options, error);
  }
}

/** Sends and reads a JSON object within the patience of the source. */
export async function httpObject(options: HttpServiceOptions, call: HttpCall): Promise<JsonObject> {
  const { clock, timeoutMs } = timing(options);
  return withDeadline({ clock, timeoutMs: call.timeoutMs ?? timeoutMs, signal: call.signal }, async (signal) => {
    const response = await httpResponse(options, { ...call, signal });
    return parseObject(await textOf(response, signal));
  });
}

async function textOf(response: Response, signal: AbortSignal): Promise<string> {
  try {
    return new TextDecoder().decode(await readBody(response, { maxBytes: MAX_MESSAGE_CHARS, signal }));
  } catch (cause) {
    if (signal.aborted) throw abortError(signal);
    // The service died in the middle of its answer.
    throw AnjuanError.is(cause) ? cause : captureError('device-lost', { cause });
  }
}
