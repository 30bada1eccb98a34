import { attacks, type Attack } from '../attack.js';
import type { SignedBase } from '../bases.js';
import { at, dictText, Edit, pdf, stream, toText } from '../edit.js';
import type { Random } from '../random.js';
import { lastXref, place, splice } from '../signature-place.js';
import { update } from './shadow.js';

/** An update of a file with cross-reference tables, byte by byte. */
interface TableUpdate {
  /** Bodies, each with a generation other than 0 when it says so. */
  readonly objects?: readonly (readonly [number: number, body: string, generation?: number])[];
  /** Rows that point where they like. */
  readonly rows?: readonly (readonly [number: number, offset: number, generation?: number])[];
  readonly freed?: readonly number[];
  readonly trailer?: string;
  readonly previous?: number;
  readonly size?: number;
  /** Bytes in front of the objects, and another offset for `startxref`. */
  readonly before?: string;
  readonly startxref?: (own: number) => number;
}

interface Seen {
  readonly base: SignedBase;
  readonly text: string;
  readonly random: Random;
  readonly previous: number;
  /** Where an object of the signed file stands. */
  offsetOf(number: number): number;
  bodyOf(number: number): string;
  /** Numbers of the first page and its content. */
  readonly page: number;
  readonly content: number;
  readonly font: number;
}

const pad = (value: number, size: number): string => String(value).padStart(size, '0');

const table =
  (write: (seen: Seen) => TableUpdate): Attack['make'] =>
  async (base, random) => {
    if (!['table', 'hybrid'].includes(base.shape)) return undefined;
    const text = toText(base.bytes);
    const previous = lastXref(text);
    const offsetOf = (number: number): number => text.lastIndexOf(`\n${String(number)} 0 obj`) + 1;
    const bodyOf = (number: number): string => {
      const from = offsetOf(number);
      return text.slice(text.indexOf(' obj', from) + 5, text.indexOf('\nendobj', from));
    };
    const edit = await Edit.open(base.bytes);
    const page = (await edit.page()).number;
    const seen: Seen = { base, text, random, previous, offsetOf, bodyOf, page, content: 4, font: 5 };
    const wanted = write(seen);
    let tail = wanted.before ?? '';
    const rows = new Map<number, string>();
    for (const number of wanted.freed ?? []) rows.set(number, `${pad(0, 10)} ${pad(1, 5)} f \n`);
    for (const [number, body, generation = 0] of wanted.objects ?? []) {
      rows.set(number, `${pad(text.length + tail.length, 10)} ${pad(generation, 5)} n \n`);
      tail += `${String(number)} ${String(generation)} obj\n${body}\nendobj\n`;
    }
    for (const [number, offset, generation = 0] of wanted.rows ?? []) {
      rows.set(number, `${pad(offset, 10)} ${pad(generation, 5)} n \n`);
    }
    const own = text.length + tail.length;
    const sections = [...rows].sort(([a], [b]) => a - b).map(([number, row]) => `${String(number)} 1\n${row}`);
    const id = /\/ID ?\[[^\]]*\]/.exec(text)?.[0] ?? '';
    const size = wanted.size ?? 300;
    tail += `xref\n${sections.join('')}trailer\n<< /Size ${String(size)} /Prev ${String(wanted.previous ?? previous)} `;
    tail += `${wanted.trailer ?? `/Root 1 0 R ${id}`} >>\nstartxref\n${String(wanted.startxref?.(own) ?? own)}\n%%EOF\n`;
    return splice(base.bytes, base.bytes.length, base.bytes.length, tail);
  };

const CONTENT = 'BT /F1 12 Tf 72 720 Td (Forged consent) Tj ET';
const forged = `<< /Length ${String(CONTENT.length)} >>\nstream\n${CONTENT}\nendstream`;

/** An object stream that brings other versions of objects, and a section that points into it. */
const packed = (objects: (seen: Seen) => readonly (readonly [number, string])[]): Attack['make'] =>
  table((seen) => {
    const list = objects(seen);
    const bodies = list.map(([, body]) => body);
    const heads = list.map(
      ([number], index) => `${String(number)} ${String(bodies.slice(0, index).join(' ').length + (index ? 1 : 0))}`,
    );
    const head = `${heads.join(' ')} `;
    const data = `${head}${bodies.join(' ')}`;
    const home = 210;
    const container = `<< /Type /ObjStm /N ${String(list.length)} /First ${String(head.length)} /Length ${String(data.length)} >>\nstream\n${data}\nendstream`;
    const start = seen.text.length;
    const containerText = `${String(home)} 0 obj\n${container}\nendobj\n`;
    const xrefAt = start + containerText.length;
    const rows: readonly (readonly [number, number, number, number])[] = [
      ...list.map(([number], index) => [number, 2, home, index] as const),
      [home, 1, start, 0],
    ];
    const sorted = [...rows].sort(([a], [b]) => a - b);
    const entries = sorted.map(([, type, field, last]) =>
      String.fromCharCode(type, field >> 16, (field >> 8) & 255, field & 255, last),
    );
    const index = sorted.map(([number]) => `${String(number)} 1`).join(' ');
    const xref = `211 0 obj\n<< /Type /XRef /Size 300 /W [1 3 1] /Index [${index}] /Root 1 0 R /Length ${String(sorted.length * 5)} >>\nstream\n${entries.join('')}\nendstream\nendobj\n`;
    const id = /\/ID ?\[[^\]]*\]/.exec(seen.text)?.[0] ?? '';
    return { before: containerText + xref, trailer: `/Root 1 0 R ${id} /XRefStm ${String(xrefAt)}`, rows: [] };
  });

export const crossReferenceAttacks = attacks('cross-reference', {
  'row-to-hidden': table(({ offsetOf, base, content }) => ({
    rows: [[content, offsetOf(base.parts.hiddenContent.number)]],
  })),
  'row-to-hidden-page': table(({ offsetOf, base, page }) => ({
    rows: [[page, offsetOf(base.parts.hiddenPage.number)]],
  })),
  'row-to-old-page': table(({ text, page }) => ({ rows: [[page, text.indexOf(`\n${String(page)} 0 obj`) + 1]] })),
  'row-into-nowhere': table(({ content }) => ({ rows: [[content, 17]] })),
  'row-beyond': table(({ text, content }) => ({ rows: [[content, text.length * 5]] })),
  'row-zero': table(({ content }) => ({ rows: [[content, 0]] })),
  'row-into-contents': table(({ base, content }) => ({ rows: [[content, place(base.bytes).gapStart + 1]] })),
  'freed-content': table(({ content }) => ({ freed: [content] })),
  'freed-font': table(({ font }) => ({ freed: [font] })),
  'freed-page': table(({ page }) => ({ freed: [page] })),
  'freed-field': table(({ base }) => ({ freed: [base.parts.dose.number] })),
  'freed-link': table(({ base }) =>
    base.permissions === 3
      ? { freed: [base.parts.dose.number, base.parts.link.number] }
      : { freed: [base.parts.link.number] },
  ),
  'freed-signature': table(({ base }) => ({ freed: [place(base.bytes).objectNumber] })),
  'freed-and-reused': table(({ base, content }) => ({
    freed: [base.parts.hiddenContent.number],
    objects: [[content, forged, 1]],
  })),
  'generation-content': table(({ content }) => ({ objects: [[content, forged, 1]] })),
  'generation-font': table(({ font, bodyOf }) => ({
    objects: [[font, bodyOf(font).replace('Helvetica', 'Symbol'), 7]],
  })),
  'generation-row': table(({ content, offsetOf }) => ({ rows: [[content, offsetOf(content), 3]] })),
  'content-again': table(({ content }) => ({ objects: [[content, forged]] })),
  'content-twice': table(({ content }) => ({
    before: `${String(content)} 0 obj\n${forged}\nendobj\n`,
    objects: [[content, forged]],
  })),
  'object-not-listed': table(({ content, bodyOf }) => ({
    before: `${String(content)} 0 obj\n${forged}\nendobj\n`,
    objects: [[250, bodyOf(1)]],
  })),
  'object-other-number': table(({ content, text }) => ({
    before: `251 0 obj\n${forged}\nendobj\n`,
    rows: [[content, text.length]],
  })),
  'previous-first': table(({ text, content }) => ({
    previous: Number(/startxref\s+(\d+)/.exec(text)?.[1]),
    objects: [[content, forged]],
  })),
  'previous-none': table(({ content }) => ({ previous: 0, objects: [[content, forged]] })),
  'previous-self': table(({ text }) => ({ previous: text.length })),
  'previous-beyond': table(({ text }) => ({ previous: text.length * 3 })),
  'previous-negative': table(() => ({ previous: -5 })),
  'startxref-old': table(({ previous, content }) => ({ objects: [[content, forged]], startxref: () => previous })),
  'startxref-off': table(({ content }) => ({ objects: [[content, forged]], startxref: (own) => own + 2 })),
  'size-small': table(({ content }) => ({ objects: [[content, forged]], size: 3 })),
  'root-other': table(({ bodyOf }) => ({ objects: [[260, bodyOf(1)]], trailer: '/Root 260 0 R' })),
  'root-gone': table(() => ({ trailer: '' })),
  'root-null': table(() => ({ trailer: '/Root null' })),
  'info-with-streams': table(() => ({
    objects: [[262, '<< /Title << /JS (x) >> /X [1 0 R] >>']],
    trailer: '/Root 1 0 R /Info 262 0 R /Forged 1 0 R',
  })),
  'trailer-extra': table(() => ({ trailer: '/Root 1 0 R /Forged << /JS (x) >>' })),
  'packed-page': packed(({ page, bodyOf, base }) => [
    [page, bodyOf(page).replace(/\/Contents [^/]*/, `/Contents ${at(base.parts.hiddenContent)} `)],
  ]),
  'packed-font': packed(({ font }) => [[font, '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>']]),
  'packed-catalog': packed(({ bodyOf }) => [[1, bodyOf(1).replace('/Pages', '/OpenAction [1 /Fit] /Pages')]]),
  'packed-signature': packed(({ base, bodyOf }) => {
    const { objectNumber } = place(base.bytes);
    return [[objectNumber, bodyOf(objectNumber)]];
  }),
  'packed-field-and-signature': packed(({ base, bodyOf }) => {
    const { objectNumber } = place(base.bytes);
    const { second } = base.parts;
    return [
      [220, bodyOf(objectNumber)],
      [second.number, bodyOf(second.number).replace('>>', '/V 220 0 R >>')],
    ];
  }),
  'id-first-other': update(async (edit) => {
    // Only files that are encrypted lean on it; elsewhere it says which document this is.
    if (!edit.file.encryption) return false;
    const catalog = await edit.entries(edit.catalog);
    catalog.set('Lang', pdf('(x)'));
    return edit.put(edit.catalog, { type: 'dict', entries: catalog });
  }),
  'object-stream-unlisted': update(async (edit) => {
    const container = edit.add(stream('4 0 null', '/Type /ObjStm /N 1 /First 4'));
    return edit.set(edit.catalog, { Extends: at(container) });
  }),
  'extension-action': update(async (edit) =>
    edit.set(edit.catalog, { Extensions: `<< /X ${at(edit.add(stream('x')))} >>` }),
  ),
  'metadata-no-stream': update(async (edit) =>
    edit.set(edit.catalog, { Metadata: at(edit.add(dictText('/S /JavaScript /JS (x)'))) }),
  ),
});
