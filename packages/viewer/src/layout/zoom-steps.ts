/** Zoom factors that the zoom buttons stop at. */
export const ZOOM_STEPS = [0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4, 6, 8] as const;

/** The next step up or down from any factor; the ends stay. */
export function nextZoomStep(factor: number, direction: 1 | -1): number {
  const tolerance = 0.005;
  const steps: readonly number[] = ZOOM_STEPS;
  if (direction === 1) return steps.find((step) => step > factor + tolerance) ?? ZOOM_STEPS[ZOOM_STEPS.length - 1] ?? 8;
  const smaller = steps.filter((step) => step < factor - tolerance);
  return smaller[smaller.length - 1] ?? ZOOM_STEPS[0];
}
