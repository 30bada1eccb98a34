/** What the first bytes say a file is, whatever its declared type. */
export type FileKind = 'pdf' | 'jpeg' | 'png' | 'markup' | 'other';

/**
 * @source ISO 32000-2 7.5.2 (readers accept the header within the first 1024 bytes), JPEG SOI and PNG signature
 */
export function fileKind(head: Uint8Array): FileKind {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte);
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'png';
  const text = String.fromCharCode(...head.subarray(0, 1024));
  if (text.includes('%PDF-')) return 'pdf';
  return /^\s*(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype|html|\?xml)/i.test(text) ? 'markup' : 'other';
}
