import type { Point, Quad } from '../picture/quad.js';
import { between, distance } from './geometry.js';

/** Below this share of the frame a corner is taken to rest, above {@link JUMP} to be another page. */
const REST = 0.004;
const JUMP = 0.05;

/**
 * Steadies the outline in the live view: small shaking is damped, a real move is followed at once. Corners as shares of
 * the frame; `before` is what this function gave for the frame before.
 */
export function smoothQuad(before: Quad | undefined, found: Quad): Quad {
  if (!before) return found;
  const moved = Math.max(...found.map((corner, i) => distance(corner, before[i] ?? corner)));
  if (moved >= JUMP) return found;
  const follow = Math.max(0.25, Math.min(1, (moved - REST) / (JUMP / 2 - REST)));
  const step = (i: 0 | 1 | 2 | 3): Point => between(before[i], found[i], follow);
  return [step(0), step(1), step(2), step(3)];
}
