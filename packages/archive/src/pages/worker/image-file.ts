import { AnjuanError } from '@anjuan/core';
import { sidePt } from '../geometry.js';
import { encodeImage, openImage } from './jpeg.js';
import type { MeasuredPages, PageImages } from './protocol.js';

/** Pictures without a believable resolution are shown as large as a sheet of A4 is long. */
const A4_LONG_SIDE_PT = 841.89;
/** 72 is what cameras write when they know nothing. */
const MIN_DPI = 73;
const MAX_DPI = 2400;

/** Size of a picture, upright. Throws `image-malformed`. */
export async function measureImage(bytes: Uint8Array): Promise<MeasuredPages> {
  try {
    const meta = await openImage(bytes).metadata();
    const turned = (meta.orientation ?? 1) >= 5;
    const [widthPx, heightPx] = turned ? [meta.height, meta.width] : [meta.width, meta.height];
    // Header and pixels are two things: a cut file has only the first.
    await openImage(bytes).stats();
    const dpi = meta.density;
    const known = dpi !== undefined && dpi >= MIN_DPI && dpi <= MAX_DPI;
    const scale = known ? 72 / dpi : A4_LONG_SIDE_PT / Math.max(widthPx, heightPx);
    const page = { widthPt: sidePt(widthPx * scale), heightPt: sidePt(heightPx * scale), rotationDeg: 0 } as const;
    return { kind: 'measure', pages: [page], naturalWidthPx: widthPx };
  } catch (cause) {
    throw new AnjuanError('image-malformed', { cause });
  }
}

export async function renderImage(bytes: Uint8Array, widthsPx: readonly number[]): Promise<PageImages> {
  try {
    const images: { widthPx: number; jpeg: Uint8Array }[] = [];
    for (const widthPx of widthsPx) images.push({ widthPx, jpeg: await encodeImage(bytes, widthPx) });
    return { kind: 'render', images };
  } catch (cause) {
    throw new AnjuanError('image-malformed', { cause });
  }
}
