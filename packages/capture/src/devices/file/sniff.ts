/** Formats that files are told apart by, from their first bytes; names and MIME types of hosts are not trusted. */
export type FileFormat = 'jpeg' | 'png' | 'webp' | 'bmp' | 'tiff' | 'pdf';

/** How many bytes `sniffFormat` wants: a PDF header may stand anywhere in the first 1024. @source ISO 32000-1 annex H, 3.4.1 */
export const SNIFF_BYTES = 1024;

/** The format of a file by its first bytes; undefined when it is none of ours. */
export function sniffFormat(head: Uint8Array): FileFormat | undefined {
  const ascii = (at: number, text: string): boolean =>
    [...text].every((letter, index) => head[at + index] === letter.charCodeAt(0));
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg';
  if (head[0] === 0x89 && ascii(1, 'PNG\r\n\x1a\n')) return 'png';
  if (ascii(0, 'RIFF') && ascii(8, 'WEBP')) return 'webp';
  if (ascii(0, 'II*\0') || ascii(0, 'MM\0*') || ascii(0, 'II+\0') || ascii(0, 'MM\0+')) return 'tiff';
  if (ascii(0, 'BM')) return 'bmp';
  for (let at = 0; at + 5 <= head.length; at += 1) if (ascii(at, '%PDF-')) return 'pdf';
  return undefined;
}
