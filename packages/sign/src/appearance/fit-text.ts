import type { WordedLine } from './signature-text.js';

/** A line in its place: baseline from the lower left corner of the box, in millimetres. */
export interface FittedLine {
  readonly text: string;
  readonly sizeMm: number;
  readonly xMm: number;
  readonly yMm: number;
}

type Box = { readonly widthMm: number; readonly heightMm: number };
type Row = { readonly text: string; readonly sizeMm: number };

const LEADING = 1.3;
const MAX_SIZE_MM = 3.5;
/** Below this, lines are broken rather than made smaller. */
const EASY_SIZE_MM = 2.2;
/** Smaller than this nobody reads on paper (4.5 pt). */
const MIN_SIZE_MM = 1.6;
const STEP_MM = 0.1;
const ELLIPSIS = '…';

/**
 * Puts lines into a box: large and whole first, then smaller, then broken into rows, at last with an ellipsis.
 * Nothing crosses the box.
 */
export function fitText(
  lines: readonly WordedLine[],
  box: Box,
  width: (text: string) => number,
): readonly FittedLine[] {
  if (lines.length === 0 || box.widthMm <= 0 || box.heightMm <= 0) return [];
  const tries: readonly (readonly [from: number, to: number, broken: boolean])[] = [
    [MAX_SIZE_MM, EASY_SIZE_MM, false],
    [EASY_SIZE_MM + 0.3, MIN_SIZE_MM, true],
    [EASY_SIZE_MM, MIN_SIZE_MM, false],
  ];
  for (const [from, to, broken] of tries) {
    for (let size = from; size > to - STEP_MM / 2; size -= STEP_MM) {
      const rows = lines.flatMap((line) => rowsOf(line, size, box, broken, width));
      const wide = rows.some((row) => width(row.text) * row.sizeMm > box.widthMm + 1e-9);
      if (!wide && heightOf(rows) <= box.heightMm + 1e-9) return placed(rows, box);
    }
  }
  return placed(cut(lines, box, width), box);
}

const sizeOf = (line: WordedLine, size: number): number => Math.min(line.sizeMm ?? Infinity, size * line.ratio);
const heightOf = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + row.sizeMm * LEADING, 0);

function rowsOf(line: WordedLine, size: number, box: Box, broken: boolean, width: (text: string) => number): Row[] {
  const sizeMm = sizeOf(line, size);
  if (!broken) return [{ text: line.text, sizeMm }];
  const rows: Row[] = [];
  let row = '';
  // Chinese breaks between any two characters, Latin words stay whole.
  for (const word of line.text.match(/[\p{sc=Latin}\d][\p{sc=Latin}\d.,:+-]*\s?|./gsu) ?? []) {
    if (row !== '' && width((row + word).trimEnd()) * sizeMm > box.widthMm) {
      rows.push({ text: row.trimEnd(), sizeMm });
      row = '';
    }
    row += word;
  }
  return [...rows, { text: row.trimEnd(), sizeMm }];
}

/** What fits at the smallest size; what does not ends with an ellipsis. */
function cut(lines: readonly WordedLine[], box: Box, width: (text: string) => number): readonly Row[] {
  const size = Math.min(MIN_SIZE_MM, box.heightMm / (LEADING * (lines[0]?.ratio ?? 1)));
  const rows: Row[] = [];
  for (const line of lines) {
    const row = { text: line.text, sizeMm: sizeOf(line, size) };
    if (heightOf([...rows, row]) > box.heightMm + 1e-9) {
      const last = rows.pop();
      if (last) rows.push({ ...last, text: last.text + ELLIPSIS });
      break;
    }
    rows.push(row);
  }
  return rows.map((row) => ({ ...row, text: shorten(row.text, box.widthMm / row.sizeMm, width) }));
}

/** One under the other, as a block in the middle of the height. */
function placed(rows: readonly Row[], box: Box): readonly FittedLine[] {
  let top = (box.heightMm + heightOf(rows)) / 2;
  return rows.map((row) => {
    const yMm = top - row.sizeMm * (LEADING / 2 + 0.38);
    top -= row.sizeMm * LEADING;
    return { ...row, xMm: 0, yMm };
  });
}

function shorten(text: string, maxEm: number, width: (text: string) => number): string {
  if (width(text) <= maxEm) return text;
  const characters = [...text.replace(/…+$/, '')];
  const shortened = (): string => characters.join('').trimEnd() + ELLIPSIS;
  while (characters.length > 0 && width(shortened()) > maxEm) characters.pop();
  return width(shortened()) <= maxEm ? shortened() : '';
}
