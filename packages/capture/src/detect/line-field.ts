import { AngledEdges } from './angled-edges.js';
import type { EdgePixels } from './edges.js';
import { LineSupport } from './line-support.js';
import { findLines, fitLine, isSame, type Line } from './lines.js';

/** The strongest lines of a picture and what lies along each. */
export interface LineField {
  readonly lines: readonly Line[];
  readonly support: readonly LineSupport[];
}

/** Room for edge pixels near one line, three numbers each. */
const NEAR_NUMBERS = 24_000;

/** Lines drawn around a shadow are some pixels off. */
const DRAWN_REACHES = [7, 4, 2];

/** `guessed` lines are moved onto the edges near them and always kept. */
export function lineField(
  found: EdgePixels,
  size: { readonly widthPx: number; readonly heightPx: number },
  limit: number,
  guessed: readonly Line[] = [],
): LineField {
  const edges = new AngledEdges(found);
  const near = new Float32Array(NEAR_NUMBERS);
  const drawn = guessed.map((line) => fitLine(edges, line, DRAWN_REACHES, near));
  const lines = [
    ...drawn,
    ...findLines(edges, size, { limit, near }).filter((line) => !drawn.some((other) => isSame(other, line))),
  ];
  return { lines, support: lines.map((line) => new LineSupport(line, edges, size, near)) };
}
