import type { Kernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import { closeDark } from './closing.js';
import { findComponents } from './components.js';
import { findEdges, type EdgePixels } from './edges.js';
import type { ScoredQuad } from './free-hand.js';
import { quadAround } from './hull-quad.js';
import { lineField, type LineField } from './line-field.js';
import type { Line } from './lines.js';
import { MaskCover } from './mask-cover.js';
import { tidyMask } from './mask-tidy.js';
import { differenceFromMat } from './mat-difference.js';
import type { MatModel } from './mat-model.js';
import { papersOf } from './pile.js';
import type { Planes } from './planes.js';

/** Smallest paper looked for: an ID card on an A3 mat is 3.7 %. */
const MIN_AREA = 0.012;
const EDGE_THRESHOLD = 12;
const LINES = { coarse: 26, fine: 40 } as const;
const CLOSING = 4;

/** Papers on the calibrated desk; touching and overlapping ones are told apart by their edges. */
export function matQuads(kernels: Kernels, planes: Planes, mat: MatModel): ScoredQuad[] {
  const { widthPx, heightPx } = planes;
  const { planes: difference, mask } = differenceFromMat(planes, mat);
  const tidy = tidyMask(kernels, mask, widthPx, heightPx);
  const { labels, all } = findComponents(tidy, widthPx, heightPx, MIN_AREA * widthPx * heightPx);
  if (all.length === 0) return [];
  const closed = closeDark(kernels, difference.luma, planes, CLOSING);
  const coarse = edgesOfBoth(
    findEdges(kernels, { ...planes, luma: closeDark(kernels, planes.luma, planes, CLOSING) }, EDGE_THRESHOLD),
    findEdges(kernels, { ...difference, luma: closed }, EDGE_THRESHOLD),
    planes,
  );
  const fine = edgesOfBoth(
    findEdges(kernels, planes, EDGE_THRESHOLD),
    findEdges(kernels, difference, EDGE_THRESHOLD),
    planes,
  );
  return all.flatMap(({ label, areaPx, outline }) => {
    const around = quadAround(outline);
    const own = new Uint8Array(labels.length);
    for (let i = 0; i < labels.length; i += 1) own[i] = labels[i] === label ? 1 : 0;
    const cover = new MaskCover(own, widthPx, heightPx);
    const fieldOf = (edges: EdgePixels, lines: number): LineField =>
      lineField(edgesNear(edges, labels, label, widthPx), planes, lines, around ? sidesOf(around) : []);
    const papers = papersOf({
      planes: difference,
      closed,
      coarse: fieldOf(coarse, LINES.coarse),
      fine: fieldOf(fine, LINES.fine),
      cover,
      areaPx,
    });
    return papers.length > 0 || !around ? papers : [{ quad: around, score: 0.4 }];
  });
}

/**
 * Edges of the frame that the difference from the desk has, too: the pattern of the desk is in the frame only, and its print on
 * the papers in the difference only.
 */
function edgesOfBoth(frame: EdgePixels, difference: EdgePixels, { widthPx, heightPx }: Planes): EdgePixels {
  const marked = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < difference.count * 4; i += 4) {
    const at = (difference.places[i + 1] ?? 0) * widthPx + (difference.places[i] ?? 0);
    for (let row = at - 2 * widthPx; row <= at + 2 * widthPx; row += widthPx) marked.fill(1, row - 2, row + 3);
  }
  const kept = new Int16Array(frame.count * 4);
  let size = 0;
  for (let i = 0; i < frame.count * 4; i += 4) {
    if (!marked[(frame.places[i + 1] ?? 0) * widthPx + (frame.places[i] ?? 0)]) continue;
    for (let part = 0; part < 4; part += 1) kept[size + part] = frame.places[i + part] ?? 0;
    size += 4;
  }
  return { count: size / 4, places: kept };
}

/** Lines through the sides of a quad. */
function sidesOf(quad: Quad): Line[] {
  return quad.map((from, i) => {
    const to = quad[(i + 1) % 4] ?? from;
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const cos = (to.y - from.y) / length;
    const sin = (from.x - to.x) / length;
    return { cos, sin, offset: from.x * cos + from.y * sin, votes: 0 };
  });
}

/** Edges within two pixels of a component. */
function edgesNear({ count, places }: EdgePixels, labels: Uint16Array, label: number, widthPx: number): EdgePixels {
  const kept = new Int16Array(count * 4);
  let size = 0;
  for (let i = 0; i < count * 4; i += 4) {
    const at = (places[i + 1] ?? 0) * widthPx + (places[i] ?? 0);
    const isNear =
      labels[at] === label ||
      labels[at - 2] === label ||
      labels[at + 2] === label ||
      labels[at - 2 * widthPx] === label ||
      labels[at + 2 * widthPx] === label;
    if (!isNear) continue;
    for (let part = 0; part < 4; part += 1) kept[size + part] = places[i + part] ?? 0;
    size += 4;
  }
  return { count: size / 4, places: kept.subarray(0, size) };
}
