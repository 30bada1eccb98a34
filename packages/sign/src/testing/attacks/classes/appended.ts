import { attacks, type Attack } from '../attack.js';
import type { SignedBase } from '../bases.js';
import { toText } from '../edit.js';
import { lastXref, place, splice } from '../signature-place.js';
import type { Random } from '../random.js';

interface Tail {
  readonly text: string;
  /** Where the appended bytes start. */
  readonly start: number;
  /** `startxref` of the signed file. */
  readonly xref: number;
  readonly random: Random;
  readonly base: SignedBase;
}

/** Bytes behind the signed file. */
const append =
  (write: (tail: Tail) => string): Attack['make'] =>
  (base, random) => {
    const text = toText(base.bytes);
    const tail: Tail = { text, start: base.bytes.length, xref: lastXref(text), random, base };
    return Promise.resolve(splice(base.bytes, base.bytes.length, base.bytes.length, write(tail)));
  };

const CONTENT = 'BT /F1 12 Tf 72 720 Td (Forged consent) Tj ET';
/** The content of the first page, forged. */
const body = ({ base: { parts } }: Tail): string => {
  const { number } = parts.hiddenContent;
  return `${String(number)} 0 obj\n<< /Length ${String(CONTENT.length)} >>\nstream\n${CONTENT}\nendstream\nendobj\n`;
};
const catalog = '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n';
const end = (offset: number | string): string => `startxref\n${String(offset)}\n%%EOF\n`;
const row = (offset: number): string => `${String(offset).padStart(10, '0')} 00000 n \n`;
const table = ({ start, base }: Tail): string => `xref\n${String(base.parts.hiddenContent.number)} 1\n${row(start)}`;
const trailer = (more: string): string => `trailer\n<< /Size 200 /Root 1 0 R ${more} >>\n`;

export const appendedAttacks = attacks('incremental-saving', {
  body: append(body),
  'body-catalog': append((tail) => body(tail) + catalog),
  'body-eof': append((tail) => `${body(tail)}%%EOF\n`),
  'body-startxref-old': append((tail) => body(tail) + end(tail.xref)),
  'body-startxref-zero': append((tail) => body(tail) + end(0)),
  'body-startxref-beyond': append((tail) => body(tail) + end(tail.start * 9)),
  'body-startxref-body': append((tail) => body(tail) + end(tail.start)),
  'body-startxref-text': append((tail) => body(tail) + end('none')),
  'body-startxref-negative': append((tail) => body(tail) + end(-1)),
  'body-startxref-only': append((tail) => `${body(tail)}startxref\n`),
  'body-trailer': append((tail) => body(tail) + trailer('') + end(tail.xref)),
  'body-trailer-no-end': append((tail) => body(tail) + trailer(`/Prev ${String(tail.xref)}`)),
  'body-trailer-new-root': append((tail) => catalog + body(tail) + trailer('/Prev 0') + end(tail.xref)),
  'body-xref-no-trailer': append((tail) => body(tail) + table(tail) + end(tail.start + body(tail).length)),
  'body-xref-no-startxref': append((tail) => body(tail) + table(tail) + trailer(`/Prev ${String(tail.xref)}`)),
  'body-xref-not-linked': append(
    (tail) => body(tail) + table(tail) + trailer(`/Prev ${String(tail.xref)}`) + end(tail.xref),
  ),
  'body-xref-no-prev': append((tail) => body(tail) + table(tail) + trailer('') + end(tail.start + body(tail).length)),
  'body-xref-empty': append(
    (tail) => `${body(tail)}xref\n0 0\n${trailer(`/Prev ${String(tail.xref)}`)}${end(tail.start + body(tail).length)}`,
  ),
  'body-xref-self': append((tail) => {
    const at = tail.start + body(tail).length;
    return body(tail) + table(tail) + trailer(`/Prev ${String(at)}`) + end(at);
  }),
  'signature-copied': append(({ text, base }) => {
    const { objectNumber } = place(base.bytes);
    const from = text.lastIndexOf(`${String(objectNumber)} 0 obj`);
    return text.slice(from, text.indexOf('endobj', from) + 7);
  }),
  'signature-and-body': append((tail) => {
    const { objectNumber } = place(tail.base.bytes);
    const from = tail.text.lastIndexOf(`${String(objectNumber)} 0 obj`);
    return body(tail) + tail.text.slice(from, tail.text.indexOf('endobj', from) + 7) + end(tail.xref);
  }),
  'whole-tail-again': append((tail) => body(tail) + tail.text.slice(tail.xref)),
  comment: append(({ random }) => `%${'A'.repeat(random.between(1, 2000))}\n`),
  'comment-object': append((tail) => `%\r${body(tail)}`),
  'second-eof': append(() => '%%EOF\n%%EOF\n'),
  zeros: append(({ random }) => '\0'.repeat(random.between(1, 300))),
  noise: append(({ random }) => Array.from({ length: 64 }, () => String.fromCharCode(random.between(1, 255))).join('')),
  'old-start': append(({ xref }) => end(xref)),
  'pdf-in-pdf': append(({ base }) => toText(base.unsigned)),
  'blanks-then-body': append((tail) => ' \n'.repeat(tail.random.between(1, 3000)) + body(tail)),
  'other-file-behind': append(() => 'PK\x03\x04attached'),
});
