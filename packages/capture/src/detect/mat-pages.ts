import type { Kernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import { closeDark } from './closing.js';
import { findComponents } from './components.js';
import type { ScoredQuad } from './free-hand.js';
import { quadAround } from './hull-quad.js';
import { differenceFromMat } from './mat-difference.js';
import type { MatModel } from './mat-model.js';
import { signedArea } from './geometry.js';
import { tidyMask } from './mask-tidy.js';
import type { Planes } from './planes.js';
import { splitTouching } from './split-touching.js';

/** Smallest paper looked for: an ID card on an A3 mat is 3.7 %. */
const MIN_AREA = 0.012;
/** A component fills its quad at least so far when it is one paper. */
const ONE_PAPER = 0.95;

/** Papers on the calibrated desk; touching and overlapping ones are told apart by their edges. */
export function matQuads(kernels: Kernels, planes: Planes, mat: MatModel): ScoredQuad[] {
  const { widthPx, heightPx } = planes;
  const { planes: difference, mask } = differenceFromMat(planes, mat);
  const tidy = tidyMask(kernels, mask, widthPx, heightPx);
  const { labels, all } = findComponents(tidy, widthPx, heightPx, MIN_AREA * widthPx * heightPx);
  return all.flatMap(({ label, areaPx, outline }) => {
    const quad = quadAround(outline);
    const fill = quad ? areaPx / Math.abs(signedArea(quad)) : 0;
    if (quad && fill >= ONE_PAPER) return [{ quad, score: scoreOf(fill) }];
    const luma = closeDark(kernels, difference.luma, planes, 3);
    const parts = splitTouching(kernels, { ...difference, luma }, labels, label);
    if (parts.length > 0) return parts;
    return quad ? [{ quad: quad as Quad, score: scoreOf(fill) }] : [];
  });
}

function scoreOf(fill: number): number {
  return Math.max(0, Math.min(1, 0.5 + (fill - 0.8) * 2.5));
}
