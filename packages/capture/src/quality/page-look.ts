import type { GrayRaster, RgbaRaster } from '../picture/raster.js';

/** A page as the checks look at it: straightened, not yet evened out, at about 150 dpi. */
export interface PageLook {
  readonly colour: RgbaRaster;
  readonly gray: GrayRaster;
  /** Pixels an inch of paper in this picture. */
  readonly dpi: number;
}
