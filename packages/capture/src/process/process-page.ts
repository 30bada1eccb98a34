import { shrinkGray, shrinkRgba } from '../clean/downscale.js';
import type { FindPagesOptions } from '../detect/index.js';
import { toGray } from '../kernels/gray.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Quad } from '../picture/quad.js';
import type { GrayRaster, RgbaRaster } from '../picture/raster.js';
import { checkPage } from '../quality/check-page.js';
import { pageHash } from '../quality/page-hash.js';
import type { PageRecipe, ProcessedPage } from '../recipe/types.js';
import { findQuads, scaleQuad, wholeQuad } from './find-page.js';
import { finishPage, spread } from './finish-page.js';
import { findTurns, lookAtPage } from './look-at-page.js';
import { planPage, turnedSize } from './page-plan.js';
import type { DecodedPicture, PictureCodec } from './picture-codec.js';

/** What processing works with. */
export interface ProcessTools {
  readonly kernels: Kernels;
  readonly codec: PictureCodec;
  /** Lets preview frames that wait go between two steps. */
  readonly breathe: () => Promise<void>;
}

/** What is known about a master before it is worked on. */
export interface ProcessOptions {
  readonly recipe: PageRecipe;
  readonly find: FindPagesOptions;
  /** Of the device, when it is calibrated or a scanner. Default: what the file says. */
  readonly dpi?: number;
}

/** Pixels on the longer side of a page in the tray. */
const THUMBNAIL_PX = 320;
const THUMBNAIL_QUALITY = 0.75;
const HASHED_PX = 900;
/** The longer side of an identity card is 85.6 mm, its corners are round. @source ISO/IEC 7810 ID-1 */
const LARGEST_CARD_MM = 90;

/**
 * From the master to the page of a document. The same master and the same complete recipe give the same bytes.
 * Errors: `image-malformed`, `image-too-large`.
 */
export async function processPage(
  tools: ProcessTools,
  master: Blob,
  { recipe, find, dpi: deviceDpi }: ProcessOptions,
): Promise<ProcessedPage> {
  const { kernels, codec } = tools;
  const decoded = await codec.decode(master);
  const place = recipe.quad ?? findQuad(kernels, decoded, find);
  const quad = place === 'whole' ? wholeOf(decoded) : place;
  await tools.breathe();
  const dpi = deviceDpi ?? decoded.dpi;
  const plan = planPage(quad, {
    ...(recipe.paperMm !== undefined && { paperMm: recipe.paperMm }),
    ...(dpi !== undefined && { dpi }),
  });
  const look = lookAtPage(kernels, decoded, plan);
  const { rotationDeg, skewDeg, textSkewDeg } = findTurns(kernels, look, recipe);
  await tools.breathe();
  const quality = checkPage(kernels, {
    look,
    dpi: plan.sourceDpi,
    residualSkewDeg: textSkewDeg - skewDeg,
    roundCorners: Math.max(plan.paperMm.width, plan.paperMm.height) <= LARGEST_CARD_MM,
    ...(place !== 'whole' && { place: { quad, ...masterSize(decoded), picture: decoded.picture } }),
  });
  await tools.breathe();
  const { colour, flatten = true, despeckle = colour === 'bilevel' || colour === 'seal' } = recipe;
  const finish = { rotationDeg, skewDeg, colour, flatten, despeckle };
  const { image, operations, view } = await finishPage(tools, decoded, plan, finish);
  const paper = turnedSize({ widthPx: plan.paperMm.width, heightPx: plan.paperMm.height }, rotationDeg);
  return {
    recipe: { ...finish, quad: place, paperMm: plan.paperMm },
    operations: [
      { kind: 'warp', quad, ...plan.size },
      ...(rotationDeg === 0 ? [] : [{ kind: 'turn', rotationDeg } as const]),
      ...(skewDeg === 0 ? [] : [{ kind: 'deskew', skewDeg } as const]),
      ...(flatten ? [{ kind: 'flatten' } as const] : []),
      ...operations,
    ],
    quality,
    image,
    widthPt: (paper.widthPx / 25.4) * 72,
    heightPt: (paper.heightPx / 25.4) * 72,
    dpi: plan.dpi,
    ...(await smallViews(tools, view)),
  };
}

function findQuad(kernels: Kernels, { picture, scale }: DecodedPicture, find: FindPagesOptions): Quad | 'whole' {
  const [best] = findQuads(kernels, picture, find);
  return best ? scaleQuad(best, 1 / scale) : 'whole';
}

function masterSize({ picture, scale }: DecodedPicture): { readonly widthPx: number; readonly heightPx: number } {
  return { widthPx: Math.round(picture.widthPx / scale), heightPx: Math.round(picture.heightPx / scale) };
}

const wholeOf = ({ picture, scale }: DecodedPicture): Quad => scaleQuad(wholeQuad(picture), 1 / scale);

async function smallViews(
  { kernels, codec }: ProcessTools,
  view: RgbaRaster | GrayRaster,
): Promise<Pick<ProcessedPage, 'thumbnail' | 'differenceHash'>> {
  const isGray = view.data.length === view.widthPx * view.heightPx;
  const small = isGray
    ? spread(shrinkGray(kernels, view as GrayRaster, HASHED_PX))
    : shrinkRgba(kernels, view, HASHED_PX);
  return {
    thumbnail: await codec.encodeJpeg(shrinkRgba(kernels, small, THUMBNAIL_PX), THUMBNAIL_QUALITY),
    differenceHash: pageHash(toGray(kernels, small)),
  };
}
