import type { AnjuanError } from '@anjuan/core';
import { signError } from '../../errors/sign-codes.js';
import { asText, asTexts, postJson, protocolError, type Json } from '../json-service.js';
import type { CallOptions } from '../../trust/bounded-call.js';

/** A signing service over HTTP, of either generation of the standard. */
export interface CscService extends CallOptions {
  /** Base of the methods, for example `https://sign.example/csc/v2`. */
  readonly baseUrl: string;
  /** Access token of the service; asked before each call, so that it may be renewed. */
  readonly token: (options: { readonly signal?: AbortSignal }) => Promise<string>;
}

/** What a call answers: a body, or the refusal of a secret. */
export type CscAnswer =
  { readonly status: 'ok'; readonly body: Json } | { readonly status: 'wrong-secret'; readonly kind: 'pin' | 'otp' };

/** One method. Errors: `signer-unavailable`, `signer-refused`, `signer-locked`, `signer-protocol`, `aborted`. */
export async function callCsc(
  service: CscService,
  method: string,
  request: Json,
  signal: AbortSignal | undefined,
): Promise<CscAnswer> {
  const token = method === 'info' ? undefined : await service.token({ ...(signal && { signal }) });
  const url = `${service.baseUrl.replace(/\/$/, '')}/${method}`;
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const { status, json } = await postJson({ ...service, url, headers, signal }, request);
  if (status >= 200 && status < 300) return { status: 'ok', body: json };
  const error = asText(json['error']) ?? '';
  if (error === 'invalid_pin') return { status: 'wrong-secret', kind: 'pin' };
  if (error === 'invalid_otp') return { status: 'wrong-secret', kind: 'otp' };
  throw faultOf(status, error, asText(json['error_description']) ?? '');
}

/** The same where no secret is involved. */
export async function callCscPlain(
  service: CscService,
  method: string,
  request: Json,
  signal: AbortSignal | undefined,
): Promise<Json> {
  const answer = await callCsc(service, method, request, signal);
  if (answer.status === 'ok') return answer.body;
  throw protocolError('unasked-secret');
}

/** @source CSC API 2.0 10.1 */
function faultOf(status: number, error: string, description: string): AnjuanError {
  if (/lock/i.test(error) || /\b(locked|blocked)\b/i.test(description)) return signError('signer-locked');
  if (status === 429 || status >= 500)
    return signError('signer-unavailable', { details: { reason: 'http-status', httpStatus: status } });
  // Only words of the standard's form: free text could name people.
  const reason = /^[a-z_]{1,40}$/.test(error) ? error : 'http-status';
  return signError('signer-refused', { details: { reason, httpStatus: status } });
}

/** What `info` says. */
export interface CscInfo {
  readonly version: 1 | 2;
  readonly methods: readonly string[];
}

/** `info` needs no token. @source CSC API 2.0 11.1; 1.0.4.0 11.1 */
export async function readCscInfo(service: CscService, signal: AbortSignal | undefined): Promise<CscInfo> {
  const body = await callCscPlain(service, 'info', {}, signal);
  const specs = asText(body['specs']) ?? '';
  const version = /^[vV]?([12])(\.|$)/.exec(specs)?.[1];
  if (version === undefined) throw protocolError('specs');
  return { version: version === '1' ? 1 : 2, methods: asTexts(body['methods']) };
}
