import type { Kernels } from '../kernels/kernels.js';
import type { QualityFinding } from '../recipe/types.js';
import { qualityLimits } from './limits.js';
import type { PageLook } from './page-look.js';
import { sharpness } from './sharpness.js';

/** Out of focus or shaken: no steep edges where there is print. Silent without print. */
export function checkBlur(kernels: Kernels, { gray }: PageLook): QualityFinding | undefined {
  const measured = sharpness(kernels, gray);
  const { blurScore: limit, blurRejectScore } = qualityLimits;
  if (measured === 0 || measured >= limit) return undefined;
  return { issue: 'blur', severity: measured < blurRejectScore ? 'reject' : 'warn', measured, limit, unit: 'score' };
}
