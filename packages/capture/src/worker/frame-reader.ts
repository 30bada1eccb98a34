import { captureError } from '@anjuan/core/outbox';
import type { RgbaRaster } from '../picture/raster.js';
import { sizeOf } from '../process/canvas-codec.js';

/** Reads preview frames made small; the canvas is kept from frame to frame. */
export class FrameReader {
  #context: OffscreenCanvasRenderingContext2D | undefined;

  /** Pixels of a frame whose longer side becomes at most `longestPx`. The frame stays open. */
  read(frame: ImageBitmap | VideoFrame, longestPx: number): RgbaRaster {
    const full = sizeOf(frame);
    const share = Math.min(1, longestPx / Math.max(full.widthPx, full.heightPx));
    const widthPx = Math.max(1, Math.round(full.widthPx * share));
    const heightPx = Math.max(1, Math.round(full.heightPx * share));
    const context = this.#contextOf(widthPx, heightPx);
    context.drawImage(frame, 0, 0, widthPx, heightPx);
    return { widthPx, heightPx, data: context.getImageData(0, 0, widthPx, heightPx).data };
  }

  #contextOf(widthPx: number, heightPx: number): OffscreenCanvasRenderingContext2D {
    const known = this.#context;
    if (known?.canvas.width === widthPx && known.canvas.height === heightPx) return known;
    const canvas = new OffscreenCanvas(widthPx, heightPx);
    const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
    if (!context) throw captureError('feature-missing', { details: { feature: 'canvas' } });
    context.imageSmoothingQuality = 'medium';
    this.#context = context;
    return context;
  }
}
