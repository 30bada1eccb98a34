import type { Kernels } from '../kernels/kernels.js';
import type { Point, Quad } from '../picture/quad.js';
import type { RgbaRaster } from '../picture/raster.js';
import { distance, isConvex, signedArea } from './geometry.js';
import { fitEdge, type FittedEdge } from './fit-edge.js';
import { readProfiles, type EdgeProfiles } from './edge-profiles.js';

/** How far a side may be from where it was found, share of the longer side of the picture. */
const REACH_SHARE = 0.006;
const MIN_REACH_PX = 6;
const MAX_REACH_PX = 40;
/** Contact shadows turn from bright to dark within this. */
const SHADOW_PX = 12;

/**
 * Moves the sides of a page onto its edges, to a fraction of a pixel, in the picture at full size: the colour step is
 * looked for across each side, a straight line is fitted through the places, neighbours are crossed. A side without a
 * clear edge stays. `kernels` is not needed for so few pixels; it stands here as everywhere.
 */
export function refineQuad(_kernels: Kernels, picture: RgbaRaster, quad: Quad): Quad {
  const longer = Math.max(picture.widthPx, picture.heightPx);
  return refineWithin(picture, quad, { reachPx: Math.min(MAX_REACH_PX, Math.max(MIN_REACH_PX, longer * REACH_SHARE)) });
}

export interface Refinement {
  readonly reachPx: number;
  /** `skipped`: a paper darker than the desk begins where its contact shadow ends, not where that begins. */
  readonly shadows?: 'skipped';
}

/** The same with a reach in pixels; a second, closer look follows the first. */
export function refineWithin(picture: RgbaRaster, quad: Quad, refinement: Refinement): Quad {
  const coarse = refineOnce(picture, quad, refinement);
  return refineOnce(picture, coarse, { ...refinement, reachPx: Math.max(4, refinement.reachPx / 3) });
}

interface Side {
  readonly from: Point;
  readonly to: Point;
}

function refineOnce(picture: RgbaRaster, quad: Quad, refinement: Refinement): Quad {
  const { reachPx } = refinement;
  const direction = signedArea(quad) >= 0 ? 1 : -1;
  const sides: readonly Side[] = quad.map((from, i) =>
    refineSide(picture, { from, to: corner(quad, i + 1) }, direction, refinement),
  );
  const corners = quad.map((old, i) => {
    const before = sides[(i + 3) % 4];
    const after = sides[i];
    const met = before && after ? cross(before, after) : undefined;
    return met && distance(met, old) <= reachPx * 3 ? met : old;
  });
  const [a, b, c, d] = corners;
  if (!a || !b || !c || !d) return quad;
  const refined: Quad = [a, b, c, d];
  return isConvex(refined) ? refined : quad;
}

function corner(quad: Quad, index: number): Point {
  return quad[index % 4] ?? quad[0];
}

function refineSide(picture: RgbaRaster, side: Side, direction: number, { reachPx, shadows }: Refinement): Side {
  const length = distance(side.from, side.to);
  if (length < 16) return side;
  const inward = {
    x: (-(side.to.y - side.from.y) / length) * direction,
    y: ((side.to.x - side.from.x) / length) * direction,
  };
  const profiles = readProfiles(picture, { ...side, inward, reachPx });
  const step = profiles && fitEdge(profiles);
  const isShadowed = shadows === 'skipped' && profiles?.isDarker;
  const fitted = isShadowed
    ? pastShadow(step, readProfiles(picture, { ...side, inward, reachPx, axis: 'brighter' }))
    : step;
  if (!fitted) return side;
  const moved = (point: Point, shift: number): Point => ({
    x: point.x + inward.x * shift,
    y: point.y + inward.y * shift,
  });
  return { from: moved(side.from, fitted.atStart), to: moved(side.to, fitted.atEnd) };
}

/** A step to brighter that runs along the inner end of a step to darker. */
function pastShadow(step: FittedEdge | undefined, profiles: EdgeProfiles | undefined): FittedEdge | undefined {
  const end = profiles && fitEdge(profiles);
  if (!step || !end) return step ?? end;
  const widths = [end.atStart - step.atStart, end.atEnd - step.atEnd];
  return widths.every((width) => width > 0 && width < SHADOW_PX) ? end : step;
}

function cross(a: Side, b: Side): Point | undefined {
  const [ax, ay] = [a.to.x - a.from.x, a.to.y - a.from.y];
  const [bx, by] = [b.to.x - b.from.x, b.to.y - b.from.y];
  const det = ax * by - ay * bx;
  if (Math.abs(det) < 0.15 * Math.hypot(ax, ay) * Math.hypot(bx, by)) return undefined;
  const along = ((b.from.x - a.from.x) * by - (b.from.y - a.from.y) * bx) / det;
  return { x: a.from.x + ax * along, y: a.from.y + ay * along };
}
