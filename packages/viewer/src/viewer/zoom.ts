import { ZOOM_RANGE, type Zoom } from '../viewport/types.js';

/** What a host asks for: a fit, or a percentage of the paper's real size. */
export type ZoomTarget = 'fit-width' | 'fit-page' | number;

/** Stops offered in the zoom menu, in percent. */
export const ZOOM_MENU_PERCENT = [50, 75, 100, 125, 150, 200, 300, 400] as const;

/** Accepts what a host passes to `zoomTo`, in percent; undefined when it is none of the documented values. */
export function parseZoom(value: unknown): Zoom | undefined {
  if (value === 'fit-width' || value === 'fit-page') return value;
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return undefined;
  return Math.min(ZOOM_RANGE.max, Math.max(ZOOM_RANGE.min, value / 100));
}

export function percentOf(factor: number): number {
  return Math.round(factor * 100);
}
