import { throwIfAborted } from '@anjuan/core';
import { signError } from '../errors/sign-codes.js';
import { boundedCall, type BoundedCall } from '../trust/bounded-call.js';

/** Values of an answer whose shape nobody guarantees. */
export type Json = Readonly<Record<string, unknown>>;

export const asRecord = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const asTexts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/** `signer-protocol` with its reason. */
export const protocolError = (reason: string, cause?: unknown): Error =>
  signError('signer-protocol', { details: { reason }, cause });

/** Certificates, chains and pictures fit; anything larger is no answer. */
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

/** Posts JSON and reads JSON. Errors: `signer-unavailable` (or what `fault` gives), `signer-protocol`, `aborted`. */
export async function postJson(
  call: Omit<BoundedCall, 'body' | 'maxBytes' | 'fault' | 'method'> & Partial<Pick<BoundedCall, 'fault'>>,
  value: unknown,
): Promise<{ readonly status: number; readonly json: Json }> {
  const { status, bytes } = await boundedCall({
    fault: (reason, cause) => signError('signer-unavailable', { details: { reason }, cause }),
    ...call,
    headers: { ...call.headers, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(value),
    maxBytes: MAX_ANSWER_BYTES,
  });
  throwIfAborted(call.signal);
  return { status, json: status === 204 || bytes.byteLength === 0 ? {} : parse(bytes, status) };
}

function parse(bytes: Uint8Array, status: number): Json {
  try {
    return asRecord(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    // Proxies answer errors in HTML; the status says enough.
    if (status >= 400) return {};
    // Without its cause: that quotes the answer, in which there are names.
    throw protocolError('json');
  }
}
