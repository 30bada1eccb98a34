import { AnjuanError } from '@anjuan/core';
import type { Kernels } from '../kernels/kernels.js';
import type { RgbaRaster } from '../picture/raster.js';
import type { MatModel } from './mat-model.js';
import { shrinkToPlanes } from './planes.js';
import { shrinkFactor } from './working-size.js';

/** Remembers the empty desk from frames of one size, at least one; more frames know the noise of the camera better. */
export function calibrateMat(kernels: Kernels, frames: readonly RgbaRaster[]): MatModel {
  const [first] = frames;
  if (!first) throw new AnjuanError('invalid-argument', { details: { expected: 'at least one frame', received: 0 } });
  const all = frames
    .filter(({ widthPx, heightPx }) => widthPx === first.widthPx && heightPx === first.heightPx)
    .map((frame) => shrinkToPlanes(kernels, frame, shrinkFactor(first)));
  const { widthPx, heightPx } = all[0] ?? { widthPx: 0, heightPx: 0 };
  const count = widthPx * heightPx;
  const mean = new Uint8Array(count * 3);
  const deviation = new Uint8Array(count * 3);
  (['luma', 'blue', 'red'] as const).forEach((name, plane) => {
    for (let i = 0; i < count; i += 1) {
      let [sum, squares] = [0, 0];
      for (const planes of all) {
        const value = planes[name][i] ?? 0;
        sum += value;
        squares += value * value;
      }
      const middle = sum / all.length;
      mean[plane * count + i] = Math.round(middle);
      const variance = Math.max(0, squares / all.length - middle * middle);
      deviation[plane * count + i] = Math.min(255, Math.round(Math.sqrt(variance) * 8));
    }
  });
  return { frameWidthPx: first.widthPx, frameHeightPx: first.heightPx, widthPx, heightPx, mean, deviation };
}
