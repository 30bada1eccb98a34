import { AnjuanError } from '@anjuan/core';
import type { BilevelRaster } from '../picture/raster.js';

/** Refuses a raster without pixels or with fewer bytes than its size says: `invalid-argument`. */
export function checkBilevel({ widthPx, heightPx, rowBytes, data }: BilevelRaster): void {
  const isWhole = widthPx > 0 && heightPx > 0 && rowBytes === Math.ceil(widthPx / 8);
  if (isWhole && data.length === rowBytes * heightPx) return;
  throw new AnjuanError('invalid-argument', {
    message: 'The bytes of the raster do not fit its size.',
    details: { widthPx, heightPx, rowBytes, sizeBytes: data.length },
  });
}
