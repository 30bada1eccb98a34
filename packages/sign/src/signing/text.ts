import { pdfString, type PdfString } from '../pdf/objects.js';

/** A text string: ASCII as it is, everything else as UTF-16BE with its mark. @source ISO 32000-2 7.9.2.2 */
export function textString(text: string): PdfString {
  if (/^[\x20-\x7e]*$/.test(text)) return pdfString(new TextEncoder().encode(text), 'literal');
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff);
  for (let index = 0; index < text.length; index += 1) view.setUint16(2 + index * 2, text.charCodeAt(index));
  return pdfString(bytes);
}

/** A date in UTC. @source ISO 32000-2 7.9.4 */
export function dateString(time: number): PdfString {
  return textString(`D:${new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)}Z`);
}
