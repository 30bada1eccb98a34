import { POINTS_PER_MM } from './appearance.js';
import type { Matrix } from './form/form-canvas.js';

/** A rectangle in millimetres from the lower left corner of the drawing. */
export interface Box {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

const GAP_MM = 1.5;

/** Where the picture and where the text goes: side by side in a wide drawing, one above the other in a high one. */
export function divide(
  widthMm: number,
  heightMm: number,
  hasPicture: boolean,
  hasText: boolean,
): { readonly picture: Box; readonly text: Box } {
  const margin = Math.min(1, widthMm * 0.04, heightMm * 0.06);
  const width = widthMm - 2 * margin;
  const height = heightMm - 2 * margin;
  const all: Box = { xMm: margin, yMm: margin, widthMm: width, heightMm: height };
  if (!hasPicture || !hasText) return { picture: all, text: all };
  if (width > height * 1.25) {
    const gap = Math.min(GAP_MM, width * 0.04);
    const left = Math.min(width * 0.46, height * 2);
    return {
      picture: { ...all, widthMm: left },
      text: { ...all, xMm: margin + left + gap, widthMm: width - left - gap },
    };
  }
  const lower = height * 0.4;
  return {
    picture: { ...all, yMm: margin + lower, heightMm: height - lower },
    text: { ...all, heightMm: lower },
  };
}

/** Places something of this size in the middle of a box. */
export function centred(
  box: Box,
  size: { readonly widthMm: number; readonly heightMm: number },
  scale: number,
): Matrix {
  const x = box.xMm + (box.widthMm - size.widthMm * scale) / 2;
  const y = box.yMm + (box.heightMm - size.heightMm * scale) / 2;
  return [scale, 0, 0, scale, x * POINTS_PER_MM, y * POINTS_PER_MM];
}
