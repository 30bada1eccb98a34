import { isArray, isStream, type PdfDict, type PdfObject } from '../../pdf/objects.js';
import type { Comparison } from './comparison.js';
import { contentOperations } from './content-operations.js';

/** Left, bottom, right, top in points. */
export type Box = readonly [number, number, number, number];

const MAX_BYTES = 4 << 20;
const MAX_BOXES = 5_000;

export const hasArea = (box: Box): boolean => box[2] - box[0] > 0.5 && box[3] - box[1] > 0.5;
export const overlaps = (a: Box, b: Box): boolean =>
  Math.min(a[2], b[2]) - Math.max(a[0], b[0]) > 0.5 && Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > 0.5;

/** Four numbers as a box with its corners in order. */
export function numbers(value: PdfObject): Box | undefined {
  if (!isArray(value) || value.length !== 4 || !value.every((item) => typeof item === 'number')) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = value as readonly number[];
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

/** Where a page shows text, and with `all` pictures and filled areas too; the whole page when it cannot be followed. */
export async function pageContentBoxes(
  step: Comparison,
  page: PdfDict,
  whole: Box,
  marks: 'text' | 'all' = 'all',
): Promise<readonly Box[]> {
  try {
    const contents = await step.old(page.entries.get('Contents') ?? null);
    const parts = isArray(contents) ? contents : [contents];
    let text = '';
    for (const part of parts) {
      const stream = await step.old(part);
      if (!isStream(stream)) continue;
      const bytes = await step.graph.file.decode(stream, { maxBytes: MAX_BYTES });
      text += `${new TextDecoder('latin1').decode(bytes)}\n`;
      if (text.length > MAX_BYTES) return [whole];
    }
    return boxesOf(text, whole, marks);
  } catch {
    return [whole];
  }
}

type Matrix = readonly [number, number, number, number, number, number];
const UNIT: Matrix = [1, 0, 0, 1, 0, 0];
const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[1] * n[2],
  m[0] * n[1] + m[1] * n[3],
  m[2] * n[0] + m[3] * n[2],
  m[2] * n[1] + m[3] * n[3],
  m[4] * n[0] + m[5] * n[2] + n[4],
  m[4] * n[1] + m[5] * n[3] + n[5],
];
const mapBox = (m: Matrix, [l, b, r, t]: Box): Box => {
  const xs = [l, r].flatMap((x) => [b, t].map((y) => m[0] * x + m[2] * y + m[4]));
  const ys = [l, r].flatMap((x) => [b, t].map((y) => m[1] * x + m[3] * y + m[5]));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
};

/** Follows a content stream far enough to know where its marks are. Widths of glyphs are taken as the font size. @source ISO 32000-2 8.3, 9.4 */
function boxesOf(text: string, whole: Box, marks: 'text' | 'all'): readonly Box[] {
  const boxes: Box[] = [];
  const saved: Matrix[] = [];
  let ctm = UNIT;
  let [textMatrix, lineMatrix] = [UNIT, UNIT];
  let [size, leading] = [12, 0];
  let path: Box[] = [];
  const show = (characters: number): void => {
    const width = Math.max(1, characters) * size;
    boxes.push(mapBox(times(textMatrix, ctm), [0, -size * 0.25, width * 0.6, size]));
    textMatrix = times([1, 0, 0, 1, width * 0.5, 0], textMatrix);
  };
  const line = (x: number, y: number): void => {
    lineMatrix = times([1, 0, 0, 1, x, y], lineMatrix);
    textMatrix = lineMatrix;
  };
  for (const { operator, operands, characters } of contentOperations(text)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = operands;
    if (operator === 'q') saved.push(ctm);
    else if (operator === 'Q') ctm = saved.pop() ?? UNIT;
    else if (operator === 'cm') ctm = times([a, b, c, d, e, f], ctm);
    else if (operator === 'BT') [textMatrix, lineMatrix] = [UNIT, UNIT];
    else if (operator === 'Tf') size = Math.abs(operands.at(-1) ?? size);
    else if (operator === 'TL') leading = a;
    else if (operator === 'Tm')
      [textMatrix, lineMatrix] = [
        [a, b, c, d, e, f],
        [a, b, c, d, e, f],
      ];
    else if (operator === 'Td') line(a, b);
    else if (operator === 'TD') {
      leading = -b;
      line(a, b);
    } else if (operator === 'T*') line(0, -leading);
    else if (operator === 'Tj' || operator === 'TJ') show(characters);
    else if (operator === "'" || operator === '"') {
      line(0, -leading);
      show(characters);
    } else if (operator === 're')
      path.push(mapBox(ctm, [Math.min(a, a + c), Math.min(b, b + d), Math.max(a, a + c), Math.max(b, b + d)]));
    else if (marks === 'text') continue;
    else if (operator === 'Do' || operator === 'BI') boxes.push(mapBox(ctm, [0, 0, 1, 1]));
    else if (operator === 'sh') return [whole];
    else if (/^([fF]\*?|[bB]\*?)$/.test(operator)) {
      // A fill of the whole page is its paper.
      boxes.push(...path.filter((box) => box[2] - box[0] < 0.9 * (whole[2] - whole[0])));
      path = [];
    } else if (operator === 'n' || operator === 'S' || operator === 's') path = [];
    if (boxes.length > MAX_BOXES) return [whole];
  }
  return boxes;
}
