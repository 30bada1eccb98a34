import type { WordedLine } from './signature-text.js';

/** A line in its place: baseline from the lower left corner of the box, in millimetres. */
export interface FittedLine {
  readonly text: string;
  readonly sizeMm: number;
  readonly xMm: number;
  readonly yMm: number;
}

const LEADING = 1.3;
const MAX_SIZE_MM = 3.5;
/** Smaller than this nobody reads on paper (4.5 pt). */
const MIN_SIZE_MM = 1.6;
const ELLIPSIS = '…';

/** Puts lines into a box: as large as fits, smaller down to the readable limit, then with an ellipsis. Nothing crosses the box. */
export function fitText(
  lines: readonly WordedLine[],
  box: { readonly widthMm: number; readonly heightMm: number },
  width: (text: string) => number,
): readonly FittedLine[] {
  if (lines.length === 0 || box.widthMm <= 0 || box.heightMm <= 0) return [];
  const first = lines[0]?.ratio ?? 1;
  const ratios = lines.reduce((sum, line) => sum + line.ratio, 0);
  const high = Math.min(MAX_SIZE_MM, box.heightMm / (LEADING * ratios));
  const widest = Math.max(...lines.map((line) => width(line.text) * line.ratio));
  const least = Math.min(MIN_SIZE_MM, box.heightMm / (LEADING * first));
  const size = Math.max(Math.min(high, box.widthMm / widest), Math.min(high, MAX_SIZE_MM * 0.6), least);

  const fitted: { text: string; size: number }[] = [];
  let left = box.heightMm + 1e-9;
  for (const line of lines) {
    const own = Math.min(line.sizeMm ?? Infinity, size * line.ratio);
    if (own * LEADING > left) {
      const last = fitted[fitted.length - 1];
      if (last) last.text += ELLIPSIS;
      break;
    }
    left -= own * LEADING;
    fitted.push({ text: line.text, size: own });
  }
  let top = box.heightMm - left / 2;
  return fitted.map((line) => {
    const baseline = top - line.size * (LEADING / 2 + 0.38);
    top -= line.size * LEADING;
    return { text: shorten(line.text, box.widthMm / line.size, width), sizeMm: line.size, xMm: 0, yMm: baseline };
  });
}

function shorten(text: string, maxEm: number, width: (text: string) => number): string {
  if (width(text) <= maxEm) return text;
  const characters = [...text.replace(/…+$/, '')];
  while (characters.length > 0 && width(characters.join('').trimEnd() + ELLIPSIS) > maxEm) characters.pop();
  return characters.length > 0 ? characters.join('').trimEnd() + ELLIPSIS : width(ELLIPSIS) <= maxEm ? ELLIPSIS : '';
}
