import type { PdfString } from '../objects.js';
import { latin1 } from './chars.js';

/** PDFDocEncoding where it differs from Latin-1. @source ISO 32000-2 annex D.3 */
const DOC_18 = '\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da\u02dc';
const DOC_80 =
  '\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203a\u2212\u2030\u201e\u201c\u201d\u2018' +
  '\u2019\u201a\u2122\ufb01\ufb02\u0141\u0152\u0160\u0178\u017d\u0131\u0142\u0153\u0161\u017e\ufffd\u20ac';

/** A text string: UTF-16BE or UTF-8 with their marks, else PDFDocEncoding. @source ISO 32000-2 7.9.2.2 */
export function textOf({ bytes }: PdfString): string {
  const [a, b, c] = bytes;
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xef && b === 0xbb && c === 0xbf) return new TextDecoder().decode(bytes);
  return latin1(bytes).replace(/[\x18-\x1f\x80-\xa0]/g, (char) => {
    const code = char.charCodeAt(0);
    return (code < 0x80 ? DOC_18[code - 0x18] : DOC_80[code - 0x80]) ?? char;
  });
}
