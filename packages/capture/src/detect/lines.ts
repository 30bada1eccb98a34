import { ANGLES, type AngledEdges } from './angled-edges.js';

/** A straight line `x * cos + y * sin = offset` with what lies along it. Places along it are `y * cos - x * sin`. */
export interface Line {
  readonly cos: number;
  readonly sin: number;
  readonly offset: number;
  /** Weighted edge pixels on it. */
  readonly votes: number;
}

const SPREAD = 2;
const OFFSET_STEP_PX = 1.5;
const FIT_REACHES = [2.5, 1.5];

const COS = Float32Array.from({ length: ANGLES }, (_, i) => Math.cos((i * Math.PI) / ANGLES));
const SIN = Float32Array.from({ length: ANGLES }, (_, i) => Math.sin((i * Math.PI) / ANGLES));

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Edges counted once for all: a strong edge is more, but not much more, than a weak one. */
export function voteWeight(gx: number, gy: number): number {
  const strength = Math.abs(gx) + Math.abs(gy);
  return strength < 40 ? 1 : strength < 160 ? 2 : 3;
}

/**
 * `near` is room to work in, see {@link AngledEdges.collect}. The strongest lines by a Hough transform in which an edge pixel votes only for directions its gradient allows.
 * @source Duda and Hart, Use of the Hough transformation to detect lines and curves in pictures, CACM 15(1), 1972
 */
export function findLines(
  edges: AngledEdges,
  { widthPx, heightPx }: Size,
  { limit, near }: { readonly limit: number; readonly near: Float32Array },
): Line[] {
  const reach = Math.hypot(widthPx, heightPx);
  const offsets = Math.ceil((2 * reach) / OFFSET_STEP_PX) + 4;
  const votes = new Uint16Array(ANGLES * offsets);
  vote(edges, votes, offsets, reach);
  const lines: Line[] = [];
  for (const { angle, place, value } of peaks(votes, offsets, limit * 2)) {
    if (lines.length >= limit) break;
    const rough = {
      cos: COS[angle] ?? 1,
      sin: SIN[angle] ?? 0,
      offset: (place + 0.5) * OFFSET_STEP_PX - reach,
      votes: value,
    };
    const line = fitLine(edges, rough, FIT_REACHES, near);
    if (!lines.some((other) => isSame(other, line))) lines.push(line);
  }
  return lines;
}

function vote({ places, starts }: AngledEdges, votes: Uint16Array, offsets: number, reach: number): void {
  for (let own = 0; own < ANGLES; own += 1) {
    const end = (starts[own + 1] ?? 0) * 4;
    for (let turn = -SPREAD; turn <= SPREAD; turn += 1) {
      const angle = (own + turn + ANGLES) % ANGLES;
      const cos = (COS[angle] ?? 0) / OFFSET_STEP_PX;
      const sin = (SIN[angle] ?? 0) / OFFSET_STEP_PX;
      const start = angle * offsets + reach / OFFSET_STEP_PX;
      for (let i = (starts[own] ?? 0) * 4; i < end; i += 4) {
        const cell = (start + (places[i] ?? 0) * cos + (places[i + 1] ?? 0) * sin) | 0;
        votes[cell] = (votes[cell] ?? 0) + voteWeight(places[i + 2] ?? 0, places[i + 3] ?? 0);
      }
    }
  }
}

interface Peak {
  readonly angle: number;
  readonly place: number;
  readonly value: number;
}

/** Highest cells, none within a few cells of a higher one. */
function peaks(votes: Uint16Array, offsets: number, limit: number): Peak[] {
  const least = leastWorth(votes, limit * 30);
  const found: Peak[] = [];
  for (let angle = 0; angle < ANGLES; angle += 1) {
    for (let place = 2; place < offsets - 2; place += 1) {
      const cell = angle * offsets + place;
      const value = votes[cell] ?? 0;
      if (value < least) continue;
      const before = votes[cell - 1] ?? 0;
      const after = votes[cell + 1] ?? 0;
      if (before > value || after >= value) continue;
      found.push({ angle, place, value: value + Math.max(before, after) });
    }
  }
  found.sort((a, b) => b.value - a.value);
  const kept: Peak[] = [];
  for (const peak of found) {
    if (kept.length >= limit) break;
    if (!kept.some((other) => isNear(other, peak, offsets))) kept.push(peak);
  }
  return kept;
}

/** Value that about `count` cells reach. */
function leastWorth(votes: Uint16Array, count: number): number {
  const histogram = new Uint32Array(1024);
  for (let i = 0; i < votes.length; i += 1) {
    const value = votes[i] ?? 0;
    if (value > 10) histogram[Math.min(1023, value)] = (histogram[Math.min(1023, value)] ?? 0) + 1;
  }
  let left = count;
  for (let value = 1023; value > 10; value -= 1) {
    left -= histogram[value] ?? 0;
    if (left <= 0) return value;
  }
  return 10;
}

function isNear(a: Peak, b: Peak, offsets: number): boolean {
  const turn = Math.abs(a.angle - b.angle);
  // Past half a turn the same line comes back with its offset mirrored.
  const wrapped = turn > ANGLES / 2;
  const place = wrapped ? offsets - 4 - b.place : b.place;
  return Math.min(turn, ANGLES - turn) <= 3 && Math.abs(a.place - place) <= 4;
}

/** Least squares through the edge pixels near a line, nearer and nearer. */
export function fitLine(edges: AngledEdges, line: Line, reaches: readonly number[], near: Float32Array): Line {
  let { cos, sin, offset } = line;
  const size = edges.collect(cos, sin, offset, 1.5 * (reaches[0] ?? 1), near);
  for (const reachPx of reaches) {
    let [n, sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < size; i += 3) {
      const x = near[i] ?? 0;
      const y = near[i + 1] ?? 0;
      if (Math.abs(x * cos + y * sin - offset) > reachPx) continue;
      n += 1;
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
      syy += y * y;
    }
    if (n < 8) break;
    const mx = sx / n;
    const my = sy / n;
    const along = Math.atan2(2 * (sxy / n - mx * my), sxx / n - mx * mx - (syy / n - my * my)) / 2;
    // The normal is square to the direction; keep it pointing as before.
    const flip = -Math.sin(along) * cos + Math.cos(along) * sin < 0 ? -1 : 1;
    cos = -Math.sin(along) * flip;
    sin = Math.cos(along) * flip;
    offset = mx * cos + my * sin;
  }
  return { ...line, cos, sin, offset };
}

/** True for lines that run on top of each other. */
export function isSame(a: Line, b: Line): boolean {
  const same = a.cos * b.cos + a.sin * b.sin;
  return Math.abs(same) > 0.9995 && Math.abs(a.offset - Math.sign(same) * b.offset) < 2.5;
}
