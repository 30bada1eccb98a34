import { POINTS_PER_MM } from './appearance.js';
import type { PathStep } from './font/signature-font.js';
import type { FormCanvas } from './form/form-canvas.js';
import type { Box } from './layout.js';

/** Polygon around a stroke in hundredths of a millimetre, y down; all of an ink are filled together (non-zero rule). */
export type InkOutline = readonly (readonly [x: number, y: number])[];

/** Handwriting is not blown up more than this: it would look painted. */
const MAX_SCALE = 1.5;

/** Draws the written part of the pad, as large as fits, in black. */
export function drawInk(canvas: FormCanvas, outlines: readonly InkOutline[], box: Box): void {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (const outline of outlines) {
    for (const point of outline) {
      for (const axis of [0, 1] as const) {
        low[axis] = Math.min(low[axis] ?? 0, point[axis]);
        high[axis] = Math.max(high[axis] ?? 0, point[axis]);
      }
    }
  }
  const [left = 0, top = 0] = low;
  const [right = 0, bottom = 0] = high;
  if (!(right >= left)) return;
  const width = Math.max(1, right - left) / 100;
  const height = Math.max(1, bottom - top) / 100;
  const scale = Math.min(MAX_SCALE, box.widthMm / width, box.heightMm / height) * POINTS_PER_MM;
  const x = (box.xMm + box.widthMm / 2) * POINTS_PER_MM - (width * scale) / 2;
  const y = (box.yMm + box.heightMm / 2) * POINTS_PER_MM + (height * scale) / 2;
  canvas.color([0, 0, 0]);
  for (const outline of outlines) {
    const steps = outline.map((point, index): PathStep => [
      index === 0 ? 'M' : 'L',
      x + ((point[0] - left) / 100) * scale,
      y - ((point[1] - top) / 100) * scale,
    ]);
    if (steps.length > 2) canvas.path([...steps, ['Z']], '');
  }
  canvas.operator('f');
}
