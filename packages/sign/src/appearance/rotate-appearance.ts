import type { FormAppearance } from './appearance.js';

/** The same drawing turned so that it stands upright on a page that is shown turned clockwise by `rotationDeg` (its /Rotate). */
export function rotateAppearance(appearance: FormAppearance, rotationDeg: 0 | 90 | 180 | 270): FormAppearance {
  throw new Error(String(appearance.widthPt + rotationDeg));
}
