import { pdfDict } from '../pdf/objects.js';
import type { FormAppearance } from './appearance.js';

/** The same drawing turned so that it stands upright on a page that is shown turned clockwise by `rotationDeg` (its /Rotate). */
export function rotateAppearance(appearance: FormAppearance, rotationDeg: 0 | 90 | 180 | 270): FormAppearance {
  const { widthPt, heightPt, form } = appearance;
  if (rotationDeg === 0) return appearance;
  const matrix = {
    90: [0, 1, -1, 0, heightPt, 0],
    180: [-1, 0, 0, -1, widthPt, heightPt],
    270: [0, -1, 1, 0, 0, widthPt],
  };
  const dict = pdfDict({ ...Object.fromEntries(form.dict.entries), Matrix: matrix[rotationDeg] });
  const turned = rotationDeg === 180 ? { widthPt, heightPt } : { widthPt: heightPt, heightPt: widthPt };
  return { ...appearance, ...turned, form: { ...form, dict } };
}
