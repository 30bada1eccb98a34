import type { QualityFinding } from '../recipe/types.js';
import { qualityLimits } from './limits.js';
import type { PageLook } from './page-look.js';
import { histogram, levelAt } from './paper-level.js';

/** Paper itself too dark: a lamp is missing. The brightest quarter of the page is taken for paper. */
export function checkDark({ gray }: PageLook): QualityFinding | undefined {
  const measured = levelAt(histogram(gray), 0.75);
  const { darkLevel: limit, darkRejectLevel } = qualityLimits;
  if (measured >= limit) return undefined;
  return { issue: 'dark', severity: measured < darkRejectLevel ? 'reject' : 'warn', measured, limit, unit: 'level' };
}

/** Too few pixels for small print. */
export function checkResolution(dpi: number): QualityFinding | undefined {
  const { dpi: limit, rejectDpi } = qualityLimits;
  if (dpi >= limit) return undefined;
  return { issue: 'low-resolution', severity: dpi < rejectDpi ? 'reject' : 'warn', measured: dpi, limit, unit: 'dpi' };
}

/** Text that still is not level. */
export function checkSkew(residualDeg: number): QualityFinding | undefined {
  const measured = Math.abs(residualDeg);
  const limit = qualityLimits.skewDegrees;
  return measured > limit ? { issue: 'skew', severity: 'warn', measured, limit, unit: 'degrees' } : undefined;
}
