import { AngledEdges } from './angled-edges.js';
import type { EdgePixels } from './edges.js';
import { LineSupport } from './line-support.js';
import { findLines, type Line } from './lines.js';

/** The strongest lines of a picture and what lies along each. */
export interface LineField {
  readonly lines: readonly Line[];
  readonly support: readonly LineSupport[];
}

/** Room for edge pixels near one line, three numbers each. */
const NEAR_NUMBERS = 24_000;

export function lineField(
  found: EdgePixels,
  size: { readonly widthPx: number; readonly heightPx: number },
  limit: number,
): LineField {
  const edges = new AngledEdges(found);
  const near = new Float32Array(NEAR_NUMBERS);
  const reach = Math.hypot(size.widthPx, size.heightPx);
  const lines = findLines(edges, size, { limit, near });
  return { lines, support: lines.map((line) => new LineSupport(line, edges, reach, near)) };
}
