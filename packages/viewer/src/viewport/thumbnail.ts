import type { RotationDeg } from '@anjuan/core';
import type { CachedPicture } from '../render/bitmap-cache.js';
import { THUMBNAIL_WIDTH_PX } from '../render/picture-plan.js';

/** Draws a small copy, turned as the reader has turned the page. */
export function paintThumbnail(canvas: HTMLCanvasElement, { bitmap }: CachedPicture, rotationDeg: RotationDeg): void {
  const turned = rotationDeg % 180 !== 0;
  const shrink = Math.min(1, (THUMBNAIL_WIDTH_PX * 2) / bitmap.width);
  const width = Math.max(1, Math.round(bitmap.width * shrink));
  const height = Math.max(1, Math.round(bitmap.height * shrink));
  canvas.width = turned ? height : width;
  canvas.height = turned ? width : height;
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) return;
  context.imageSmoothingQuality = 'high';
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((rotationDeg * Math.PI) / 180);
  context.drawImage(bitmap, -width / 2, -height / 2, width, height);
}
