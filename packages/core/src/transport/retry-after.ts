/** Longest wait we believe; a longer one is a mistake or an attack. */
export const MAX_RETRY_AFTER_MS = 60 * 60 * 1000;

/**
 * Milliseconds to wait from a `Retry-After` value: seconds or an HTTP date. Undefined when unreadable.
 * Never negative, never above `MAX_RETRY_AFTER_MS`.
 * @source RFC 9110 section 10.2.3
 */
export function parseRetryAfter(value: string | null, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, MAX_RETRY_AFTER_MS);
  // Date.parse alone would accept far too much, "1.5" among it; every HTTP date form starts with a weekday.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return undefined;
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) return undefined;
  return Math.min(Math.max(atMs - nowMs, 0), MAX_RETRY_AFTER_MS);
}

/**
 * Wait asked for by an answer: `Retry-After`, else the reset of the draft `RateLimit` header, which some gateways send alone.
 */
export function retryAfterOf(headers: Headers, nowMs: number): number | undefined {
  const asked = parseRetryAfter(headers.get('retry-after'), nowMs);
  if (asked !== undefined) return asked;
  const reset = /(?:^|[;,\s])(?:t|reset)=(\d{1,9})/.exec(headers.get('ratelimit') ?? '')?.[1];
  return reset === undefined ? undefined : Math.min(Number(reset) * 1000, MAX_RETRY_AFTER_MS);
}
