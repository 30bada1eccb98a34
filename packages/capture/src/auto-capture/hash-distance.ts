const BITS = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4];

/** Bits in which two hashes of equal length (hex digits) differ; all of them when the lengths differ. */
export function hashDistance(a: string, b: string): number {
  if (a.length !== b.length) return 4 * Math.max(a.length, b.length);
  let bits = 0;
  for (let at = 0; at < a.length; at += 1)
    bits += BITS[Number.parseInt(a[at] ?? '0', 16) ^ Number.parseInt(b[at] ?? '0', 16)] ?? 0;
  return bits;
}
