import type { Policy } from './call.js';

export const REQUEST_ID_HEADER = 'x-request-id';

/** UUID version 4. (`crypto.randomUUID` is missing on plain http pages.) */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Names the call, so that one id finds it in the page, the archive and every log between. Only for trusted origins. */
export function requestIdPolicy(options: {
  readonly newId?: () => string;
  readonly trusts: (url: URL) => boolean;
}): Policy {
  const newId = options.newId ?? newRequestId;
  return (next) => async (call) => {
    if (!options.trusts(call.url)) return next(call);
    return next({ ...call, headers: { ...call.headers, [REQUEST_ID_HEADER]: newId() } });
  };
}
