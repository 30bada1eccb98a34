/** A random UUID (version 4); also where the page is plain http and `crypto.randomUUID` is missing. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * The id of a further page out of the same master (the right half of a spread). Always the same for the same page, so
 * that work repeated after a crash adds nothing twice.
 */
export function siblingId(pageId: string, index: number): string {
  const head = pageId.slice(0, -12);
  const tail = (BigInt(`0x${pageId.slice(-12)}`) + BigInt(index)) & 0xffff_ffff_ffffn;
  return head + tail.toString(16).padStart(12, '0');
}
