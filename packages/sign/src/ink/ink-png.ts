import { AnjuanError } from '@anjuan/core';
import type { Ink } from './ink.js';
import { drawStroke, type InkContext } from './ink-canvas.js';

/** Options of pictures in pixels. */
export interface InkPngOptions {
  /** Width of the picture; the height follows from the shape of the pad. */
  readonly widthPx: number;
  /** Any CSS colour. Default `#000`. */
  readonly color?: string;
  /** Any CSS colour. Default: transparent. */
  readonly background?: string;
}

/** The ink as a PNG, in a browser. Errors: `invalid-argument` for a width that is no size, `unsupported-browser` in Node. */
export async function inkToPng(ink: Ink, options: InkPngOptions): Promise<Blob> {
  return drawPng({ ...options, shape: ink }, (context) => {
    for (const stroke of ink.strokes) drawStroke(context, stroke, ink.width);
  });
}

/** A PNG whose drawing unit is a hundredth of a millimetre of the given shape. */
export async function drawPng(
  options: InkPngOptions & { readonly shape: { readonly width: number; readonly height: number } },
  draw: (context: InkContext) => void,
): Promise<Blob> {
  const { widthPx, shape, color = '#000', background } = options;
  const heightPx = Math.max(1, Math.round((widthPx * shape.height) / shape.width));
  if (!(widthPx >= 1) || widthPx * heightPx > 64e6) {
    throw new AnjuanError('invalid-argument', { message: 'widthPx is no usable size.' });
  }
  const { context, blob } = canvasOf(Math.round(widthPx), heightPx);
  if (background !== undefined) {
    context.fillStyle = background;
    context.fillRect(0, 0, widthPx, heightPx);
  }
  context.scale(widthPx / shape.width, widthPx / shape.width);
  context.fillStyle = color;
  draw(context);
  return blob();
}

function canvasOf(width: number, height: number): { context: InkContext; blob: () => Promise<Blob> } {
  if (typeof OffscreenCanvas !== 'undefined') {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (context) return { context, blob: () => canvas.convertToBlob({ type: 'image/png' }) };
  }
  if (typeof document === 'undefined') throw unsupported();
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw unsupported();
  const blob = (): Promise<Blob> =>
    new Promise((resolve, reject) => {
      canvas.toBlob((made) => (made ? resolve(made) : reject(unsupported())), 'image/png');
    });
  return { context, blob };
}

function unsupported(): AnjuanError {
  return new AnjuanError('unsupported-browser', { message: 'No canvas to draw on.' });
}
