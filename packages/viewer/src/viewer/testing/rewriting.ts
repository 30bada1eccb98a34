import type { Transport } from '@anjuan/core';

export interface Rewriting {
  /** Changes JSON answers: gets the parsed body, gives the new one. */
  readonly json?: (body: Record<string, unknown>, url: URL) => unknown;
  /** Bytes in place of the archive's answer; undefined lets the request through. */
  readonly bytes?: (url: URL) => Uint8Array<ArrayBuffer> | undefined;
}

/** An archive whose answers a test has changed on the way. */
export function rewriting(inner: Transport, { json, bytes }: Rewriting): Transport {
  return async (request) => {
    const url = new URL(request.url);
    const instead = bytes?.(url);
    if (instead) return new Response(instead, { headers: { 'content-type': 'application/pdf' } });
    const response = await inner(request);
    if (!json || !response.ok || !(response.headers.get('content-type') ?? '').includes('json')) return response;
    const body = json((await response.json()) as Record<string, unknown>, url);
    const headers = new Headers(response.headers);
    headers.delete('content-length');
    return new Response(JSON.stringify(body), { status: response.status, headers });
  };
}

/** Changes every object below a JSON value, innermost first. */
export function deepMap(value: unknown, change: (object: Record<string, unknown>) => Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => deepMap(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, deepMap(member, change)] as const);
  return change(Object.fromEntries(members));
}
