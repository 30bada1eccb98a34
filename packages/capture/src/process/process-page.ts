import { toGray } from '../kernels/gray.js';
import type { Kernels } from '../kernels/kernels.js';
import { flattenLight } from '../clean/flatten.js';
import { shrinkRgba } from '../clean/downscale.js';
import type { PageRecipe, ProcessedPage } from '../recipe/types.js';
import { differenceHash } from '../quality/difference-hash.js';
import { encodePage } from './encode-page.js';
import { scaleQuad, wholeQuad, type PageFinder } from './find-page.js';
import { planPage, turnedSize } from './page-plan.js';
import type { PictureCodec } from './picture-codec.js';
import { renderColour } from './render.js';

/** What processing needs besides the master. */
export interface ProcessContext {
  readonly kernels: Kernels;
  readonly codec: PictureCodec;
  readonly findPages: PageFinder;
  /** Lets waiting preview frames through between two steps. */
  readonly breathe: () => Promise<void>;
}

/** Pixels on the longer side of a page in the tray. */
const THUMBNAIL_PX = 320;

/** From the master to the page of the document. The same master and complete recipe give the same bytes. */
export async function processPage(
  context: ProcessContext,
  master: Blob,
  options: { readonly recipe: PageRecipe; readonly dpi?: number },
): Promise<ProcessedPage> {
  const { kernels, codec } = context;
  const decoded = await codec.decode(master);
  const { picture, scale } = decoded;
  const whole = scaleQuad(wholeQuad(picture), 1 / scale);
  const { colour, paperMm, rotationDeg = 0, skewDeg = 0, flatten = true } = options.recipe;
  const despeckle = options.recipe.despeckle ?? (colour === 'bilevel' || colour === 'seal');
  const found = options.recipe.quad ?? context.findPages(kernels, picture)[0] ?? 'whole';
  const quad = found === 'whole' ? whole : found;
  const dpi = options.dpi ?? decoded.dpi;
  const plan = planPage(quad, { ...(paperMm ? { paperMm } : {}), ...(dpi === undefined ? {} : { dpi }) });
  await context.breathe();
  const warped = renderColour(kernels, decoded, plan, { rotationDeg, skewDeg });
  const flat = flatten ? flattenLight(kernels, warped) : warped;
  await context.breathe();
  const { image, operations } = await encodePage(context, flat, { colour, despeckle });
  const thumbnail = await codec.encodeJpeg(shrinkRgba(kernels, flat, THUMBNAIL_PX), 0.75);
  const paper = turnedSize({ widthPx: plan.paperMm.width, heightPx: plan.paperMm.height }, rotationDeg);
  return {
    recipe: { quad: found, rotationDeg, skewDeg, colour, flatten, despeckle, paperMm: plan.paperMm },
    operations: [
      { kind: 'warp', quad, ...plan.size },
      ...(rotationDeg === 0 ? [] : [{ kind: 'turn', rotationDeg } as const]),
      ...(skewDeg === 0 ? [] : [{ kind: 'deskew', skewDeg } as const]),
      ...(flatten ? [{ kind: 'flatten' } as const] : []),
      ...operations,
    ],
    quality: [],
    image,
    widthPt: (paper.widthPx / 25.4) * 72,
    heightPt: (paper.heightPx / 25.4) * 72,
    dpi: plan.dpi,
    thumbnail,
    differenceHash: differenceHash(kernels, toGray(kernels, shrinkRgba(kernels, flat, 640))),
  };
}
