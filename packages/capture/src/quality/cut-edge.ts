import { findComponents } from '../clean/components.js';
import type { Point, Quad } from '../picture/quad.js';
import type { BilevelRaster, RgbaRaster } from '../picture/raster.js';
import type { QualityFinding } from '../recipe/types.js';
import { qualityLimits } from './limits.js';

/** Where a page lies in the picture it was found in. */
export interface PagePlace {
  /** Corners in pixels of the picture. */
  readonly quad: Quad;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The picture in any size: does the paper go on beyond a side? */
  readonly picture?: RgbaRaster;
}

/** A found page whose sides run over the picture, or print that runs over the edge of the page. */
export function checkCutEdge(
  ink: BilevelRaster,
  dpi: number,
  { place, roundCorners }: { readonly place: PagePlace | undefined; readonly roundCorners: boolean },
): QualityFinding | undefined {
  const outside = place ? sidesOutside(place) : 0;
  const limit = qualityLimits.cutMarks;
  const measured = outside > 0 ? limit + outside : roundCorners ? 0 : marksAtEdge(ink, dpi);
  return measured >= limit ? { issue: 'cut-edge', severity: 'warn', measured, limit, unit: 'score' } : undefined;
}

/** Corners nearer to the edge of the picture than this share of its longer side lie on it. */
const ON_EDGE = 0.0015;
/** Sides this near may have been taken for the page's although the paper goes on. */
const NEAR_EDGE = 0.035;

/** Sides of a page that lie on the edge of the picture, or that are no sides because the paper goes on to that edge. */
function sidesOutside({ quad, widthPx, heightPx, picture }: PagePlace): number {
  const longer = Math.max(widthPx, heightPx);
  const depth = [
    ({ y }: Point) => y,
    ({ x }: Point) => widthPx - x,
    ({ y }: Point) => heightPx - y,
    ({ x }: Point) => x,
  ];
  const outside = depth.filter((depthOf, side) => {
    if (quad.some((corner) => depthOf(corner) <= longer * ON_EDGE)) return true;
    const [from, to] = sideAt(quad, depthOf);
    const near = (depthOf(from) + depthOf(to)) / 2 <= longer * NEAR_EDGE;
    return near && picture !== undefined && paperGoesOn(picture, { from, to, side, widthPx, heightPx });
  });
  return outside.length;
}

/** The side of the page nearest to an edge of the picture. */
function sideAt(quad: Quad, depthOf: (corner: Point) => number): readonly [Point, Point] {
  const sides = [
    [quad[0], quad[1]],
    [quad[1], quad[2]],
    [quad[2], quad[3]],
    [quad[3], quad[0]],
  ] as const;
  return sides.reduce((best, side) =>
    depthOf(side[0]) + depthOf(side[1]) < depthOf(best[0]) + depthOf(best[1]) ? side : best,
  );
}

/** Is it as bright between the side and the edge of the picture as on the page? Medians of 24 places. */
function paperGoesOn(
  picture: RgbaRaster,
  { from, to, side, widthPx, heightPx }: { from: Point; to: Point; side: number; widthPx: number; heightPx: number },
): boolean {
  const inside: number[] = [];
  const outside: number[] = [];
  const edge = { x: side === 1 ? widthPx : 0, y: side === 2 ? heightPx : 0 };
  for (let i = 2; i < 26; i += 1) {
    const x = from.x + ((to.x - from.x) * i) / 28;
    const y = from.y + ((to.y - from.y) * i) / 28;
    const [dx, dy] = side % 2 === 0 ? [0, edge.y - y] : [edge.x - x, 0];
    outside.push(levelOf(picture, (x + dx / 2) / widthPx, (y + dy / 2) / heightPx));
    inside.push(levelOf(picture, (x - dx / 2) / widthPx, (y - dy / 2) / heightPx));
  }
  return median(outside) > median(inside) * 0.9;
}

function levelOf({ widthPx, heightPx, data }: RgbaRaster, x: number, y: number): number {
  const column = Math.min(widthPx - 1, Math.max(0, Math.floor(x * widthPx)));
  const row = Math.min(heightPx - 1, Math.max(0, Math.floor(y * heightPx)));
  const at = (row * widthPx + column) * 4;
  // The weakest channel: coloured mats are darker there.
  return Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Marks of the size of characters that touch the edge of the page. Longer ones are the edge of the paper itself. */
function marksAtEdge(ink: BilevelRaster, dpi: number): number {
  const { count, area, left, top, right, bottom } = findComponents(ink);
  const [least, most] = [dpi * 0.03, dpi * 0.35];
  let marks = 0;
  for (let i = 0; i < count; i += 1) {
    const [l, t, r, b] = [left[i] ?? 0, top[i] ?? 0, right[i] ?? 0, bottom[i] ?? 0];
    const touches = l <= 1 || t <= 1 || r >= ink.widthPx - 1 || b >= ink.heightPx - 1;
    const [short, long] = [Math.min(r - l, b - t), Math.max(r - l, b - t)];
    if (touches && long >= least && long <= most && short >= least / 2 && (area[i] ?? 0) >= least * 2) marks += 1;
  }
  return marks;
}
