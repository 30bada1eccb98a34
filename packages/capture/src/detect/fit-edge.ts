import type { EdgeProfiles } from './edge-profiles.js';

/** Where the edge runs, in pixels inwards of the side as it was. */
export interface FittedEdge {
  readonly atStart: number;
  readonly atEnd: number;
}

interface Place {
  readonly share: number;
  readonly shift: number;
  readonly weight: number;
}

const TOLERANCE_PX = 1.5;
/** Steps below this many levels are noise. */
const MIN_STEP = 4;
/** Peaks of one profile that are considered. */
const PEAKS = 3;

/** The straight line that most profiles agree on, then weighted least squares; undefined without agreement. */
export function fitEdge(profiles: EdgeProfiles): FittedEdge | undefined {
  const places = profiles.steps.flatMap((steps, i) => peaksOf(steps, profiles, profiles.shares[i] ?? 0));
  if (places.length < profiles.steps.length / 3) return undefined;
  let best: FittedEdge | undefined;
  let bestValue = 0;
  const stride = Math.max(1, Math.floor(places.length / 24));
  for (let i = 0; i < places.length; i += stride) {
    for (let j = places.length - 1; j > i; j -= stride) {
      const [a, b] = [places[i], places[j]];
      if (!a || !b || b.share - a.share < 0.3) continue;
      const slope = (b.shift - a.shift) / (b.share - a.share);
      const line = { atStart: a.shift - slope * a.share, atEnd: a.shift + slope * (1 - a.share) };
      const value = agreement(line, places);
      if (value > bestValue) [best, bestValue] = [line, value];
    }
  }
  if (!best) return undefined;
  for (let round = 0; round < 3; round += 1) best = leastSquares(best, places) ?? best;
  return covered(best, places) >= profiles.steps.length * 0.3 ? best : undefined;
}

function peaksOf(steps: Float32Array, { stepPx, middle }: EdgeProfiles, share: number): Place[] {
  const found: Place[] = [];
  for (let i = 2; i < steps.length - 2; i += 1) {
    const value = steps[i] ?? 0;
    const before = steps[i - 1] ?? 0;
    const after = steps[i + 1] ?? 0;
    if (value < MIN_STEP || before > value || after >= value) continue;
    const bend = before - 2 * value + after;
    const fraction = bend < 0 ? (before - after) / (2 * bend) : 0;
    // Equal agreement: the stronger step counts, slowly.
    found.push({ share, shift: (i + fraction - middle) * stepPx, weight: Math.sqrt(value) });
  }
  return found.sort((a, b) => b.weight - a.weight).slice(0, PEAKS);
}

function offBy({ atStart, atEnd }: FittedEdge, { share, shift }: Place): number {
  return Math.abs(atStart + (atEnd - atStart) * share - shift);
}

function agreement(line: FittedEdge, places: readonly Place[]): number {
  let value = 0;
  for (const place of places) {
    const off = offBy(line, place);
    if (off < TOLERANCE_PX) value += place.weight * (1 - (off / TOLERANCE_PX) ** 2);
  }
  return value;
}

function covered(line: FittedEdge, places: readonly Place[]): number {
  return new Set(places.filter((place) => offBy(line, place) < TOLERANCE_PX).map(({ share }) => share)).size;
}

function leastSquares(line: FittedEdge, places: readonly Place[]): FittedEdge | undefined {
  let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  for (const place of places) {
    const off = offBy(line, place) / TOLERANCE_PX;
    if (off >= 1) continue;
    const weight = place.weight * (1 - off * off) ** 2;
    n += weight;
    sx += weight * place.share;
    sy += weight * place.shift;
    sxx += weight * place.share * place.share;
    sxy += weight * place.share * place.shift;
  }
  const det = n * sxx - sx * sx;
  if (det <= 1e-9) return undefined;
  const slope = (n * sxy - sx * sy) / det;
  const start = (sy - slope * sx) / n;
  return { atStart: start, atEnd: start + slope };
}
