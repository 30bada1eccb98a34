/**
 * A short key that cannot be read back: two 32-bit multiplicative hashes. Synchronous because WebCrypto is absent on
 * plain http intranets; it keeps ids out of the store's sight, it is no protection of secrets.
 */
export function opaqueKey(...parts: readonly string[]): string {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (const char of parts.join('\u0000')) {
    const code = char.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (high >>> 0).toString(36) + (low >>> 0).toString(36);
}
