import { palettes } from '@anjuan/core/element';
import type { Ink } from '../../ink/ink.js';
import type { InkContext } from '../../ink/ink-canvas.js';
import { BASELINE } from './alternatives.js';

/** Ink on paper; the paper is white in every theme. */
export const INK_COLOR = palettes.light.text;

/** What lies on the sheet beside strokes. */
export type Overlay =
  | { readonly kind: 'typed'; readonly text: string; readonly font: string }
  | { readonly kind: 'stamped'; readonly image: ImageBitmap; readonly blob: Blob };

/** Size of a sheet. */
export type Shape = Pick<Ink, 'width' | 'height'>;

/** Where something lies on a sheet, in hundredths of a millimetre. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws text on the writing line or a stamp in the middle; the unit is a hundredth of a millimetre. */
export function drawOverlay(context: InkContext, overlay: Overlay, shape: Shape): void {
  if (overlay.kind === 'stamped') {
    const { x, y, width, height } = stampBox(overlay.image, shape);
    context.imageSmoothingQuality = 'high';
    context.drawImage(overlay.image, x, y, width, height);
    return;
  }
  const { x, y, width, height } = textBox(context, overlay, shape);
  context.font = `${height}px ${overlay.font}`;
  context.fillText(overlay.text, x, y, width);
}

/** On the writing line, as large as fits. */
export function textBox(context: InkContext, { text, font }: Extract<Overlay, { kind: 'typed' }>, shape: Shape): Box {
  const tallest = Math.round(shape.height * 0.42);
  context.font = `100px ${font}`;
  const perHeight = context.measureText(text).width / 100;
  const height = Math.round(Math.min(tallest, (shape.width * 0.84) / Math.max(perHeight, 0.1)));
  const width = Math.max(1, Math.round(perHeight * height));
  return {
    x: Math.round((shape.width - width) / 2),
    y: Math.round(shape.height * BASELINE - height * 0.12),
    width,
    height,
  };
}

/** In the middle, as large as fits. */
export function stampBox(image: ImageBitmap, shape: Shape): Box {
  const scale = Math.min((shape.width * 0.84) / image.width, (shape.height * 0.84) / image.height);
  const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
  return { x: Math.round((shape.width - width) / 2), y: Math.round((shape.height - height) / 2), width, height };
}
