/** Formats that ingest understands, by their first bytes. */
export type SniffedMime = 'application/pdf' | 'image/jpeg' | 'image/png';

/** Reads the format from the bytes; the declared type is only a claim. PDF allows junk before its header. */
export function sniffMime(bytes: Uint8Array): SniffedMime | undefined {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  return head.includes('%PDF-') ? 'application/pdf' : undefined;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((value, index) => bytes[index] === value);
}
