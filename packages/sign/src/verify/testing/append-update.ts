/** An update written by hand: objects, a table, a trailer; every character is one byte. */
export interface Update {
  /** Bodies by object number. */
  readonly objects?: Readonly<Record<number, string>>;
  readonly generations?: Readonly<Record<number, number>>;
  /** Rows of the table that point where they like. */
  readonly offsets?: Readonly<Record<number, number>>;
  readonly freed?: readonly number[];
  /** Bytes in front of the objects, and behind the end. */
  readonly before?: string;
  readonly after?: string;
  /** Replaces `/Root 1 0 R` and what else the trailer says. */
  readonly trailer?: string;
  readonly previous?: number;
  readonly size?: number;
}

export const toBytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (char) => char.charCodeAt(0));
export const toText = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const ID = '/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]';

/** The file with one more revision. */
export function appendUpdate(bytes: Uint8Array, update: Update): Uint8Array<ArrayBuffer> {
  const original = toText(bytes);
  let text = original.endsWith('\n') ? original : `${original}\n`;
  text += update.before ?? '';
  const rows = new Map<number, string>([[0, '0000000000 65535 f \n']]);
  for (const number of update.freed ?? []) rows.set(number, '0000000000 00001 f \n');
  const row = (offset: number, generation: number): string =>
    `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`;
  for (const [key, body] of Object.entries(update.objects ?? {})) {
    const number = Number(key);
    const generation = update.generations?.[number] ?? 0;
    rows.set(number, row(text.length, generation));
    text += `${String(number)} ${String(generation)} obj\n${body}\nendobj\n`;
  }
  for (const [key, offset] of Object.entries(update.offsets ?? {})) rows.set(Number(key), row(offset, 0));
  const previous = update.previous ?? Number([...original.matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1]);
  const size = update.size ?? Math.max(200, ...[...rows.keys()].map((number) => number + 1));
  const start = text.length;
  const sections = [...rows].sort(([a], [b]) => a - b).map(([number, line]) => `${String(number)} 1\n${line}`);
  const trailer = update.trailer ?? `/Root 1 0 R ${ID}`;
  text += `xref\n${sections.join('')}trailer\n<< /Size ${String(size)} /Prev ${String(previous)} ${trailer} >>\n`;
  text += `startxref\n${String(start)}\n%%EOF\n${update.after ?? ''}`;
  return toBytes(text);
}

/** Replaces text by text of the same length. */
export function patch(bytes: Uint8Array, from: string, to: string): Uint8Array<ArrayBuffer> {
  const text = toText(bytes);
  if (!text.includes(from) || from.length !== to.length) throw new RangeError(`Cannot patch ${from}`);
  return toBytes(text.replace(from, to));
}
