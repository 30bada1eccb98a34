import { binarize, SAUVOLA_K, WINDOW_PX } from '../clean/binarize.js';
import { despeckle, SPECK_PX } from '../clean/despeckle.js';
import { flattenGray, flattenLight } from '../clean/flatten.js';
import { keepInk } from '../clean/keep-ink.js';
import { encodeJbig2, encodeMrc } from '../encode/index.js';
import type { Kernels } from '../kernels/kernels.js';
import type { BilevelRaster, GrayRaster, RgbaRaster } from '../picture/raster.js';
import type { PageColour, PageImage, PageOperation } from '../recipe/types.js';
import { turnMatrix, type PagePlan } from './page-plan.js';
import type { DecodedPicture, PictureCodec } from './picture-codec.js';
import { renderColour, renderGray, type Turns } from './render.js';
import { whitenCorners } from './whiten-corners.js';

/** JPEG of pages: the grain of paper vanishes, print stays crisp. */
const PAGE_QUALITY = 0.75;
/** The paper of a page with seals, a quarter of the size. */
const PAPER_QUALITY = 0.6;

/** How a page is finished. */
export interface Finish extends Turns {
  readonly colour: PageColour;
  readonly flatten: boolean;
  readonly despeckle: boolean;
}

/** The finished picture in its file format, and what it looks like. */
export interface FinishedPage {
  readonly image: PageImage;
  readonly operations: readonly PageOperation[];
  /** Evened out if asked for, before black and white. */
  readonly view: RgbaRaster | GrayRaster;
}

interface Tools {
  readonly kernels: Kernels;
  readonly codec: PictureCodec;
  readonly breathe: () => Promise<void>;
}

/** Cuts out, turns, cleans and encodes a page. */
export async function finishPage(
  tools: Tools,
  decoded: DecodedPicture,
  plan: PagePlan,
  finish: Finish,
): Promise<FinishedPage> {
  const { kernels } = tools;
  if (finish.colour === 'colour' || finish.colour === 'seal') {
    const warped = renderColour(kernels, decoded, plan, finish);
    if (finish.skewDeg !== 0)
      whitenCorners(warped, turnMatrix(plan.size, finish.rotationDeg, finish.skewDeg), plan.size);
    await tools.breathe();
    const view = finish.flatten ? flattenLight(kernels, warped) : warped;
    await tools.breathe();
    return { view, ...(await (finish.colour === 'seal' ? sealed : coloured)(tools, view, plan, finish)) };
  }
  const warped = renderGray(kernels, decoded, plan, finish);
  if (finish.skewDeg !== 0) whitenCorners(warped, turnMatrix(plan.size, finish.rotationDeg, finish.skewDeg), plan.size);
  await tools.breathe();
  const view = finish.flatten ? flattenGray(kernels, warped) : warped;
  return { view, ...(await (finish.colour === 'bilevel' ? blackAndWhite : gray)(tools, view, plan, finish)) };
}

type Encoded = Pick<FinishedPage, 'image' | 'operations'>;

async function coloured({ codec }: Tools, view: RgbaRaster): Promise<Encoded> {
  return { image: await jpegOf(codec, view, PAGE_QUALITY), operations: [{ kind: 'encode', codec: 'jpeg' }] };
}

async function gray({ codec }: Tools, view: GrayRaster): Promise<Encoded> {
  const image = await jpegOf(codec, spread(view), PAGE_QUALITY);
  return { image, operations: [{ kind: 'gray' }, { kind: 'encode', codec: 'jpeg' }] };
}

async function blackAndWhite(tools: Tools, view: GrayRaster, plan: PagePlan, finish: Finish): Promise<Encoded> {
  const { widthPx, heightPx } = view;
  const windowPx = windowFor(plan.dpi);
  const clean = cleaner(tools.kernels, plan.dpi, finish);
  const bilevel = clean.apply(binarize(tools.kernels, view, { windowPx }));
  await tools.breathe();
  return {
    image: { codec: 'jbig2', data: encodeJbig2(tools.kernels, bilevel), widthPx, heightPx },
    operations: [
      { kind: 'gray' },
      { kind: 'binarize', windowPx, k: SAUVOLA_K },
      ...clean.operations,
      { kind: 'encode', codec: 'jbig2' },
    ],
  };
}

async function sealed(tools: Tools, view: RgbaRaster, plan: PagePlan, finish: Finish): Promise<Encoded> {
  const windowPx = windowFor(plan.dpi);
  const clean = cleaner(tools.kernels, plan.dpi, finish);
  const { black, inks, paper } = keepInk(tools.kernels, view, { windowPx });
  await tools.breathe();
  const { data, widthPx, heightPx } = await jpegOf(tools.codec, paper, PAPER_QUALITY);
  const image = encodeMrc(tools.kernels, {
    black: clean.apply(black),
    inks: inks.map(({ mask, rgb }) => ({ mask: clean.apply(mask), rgb })),
    backgroundJpeg: { data, widthPx, heightPx },
  });
  return {
    image,
    operations: [
      { kind: 'keep-ink' },
      { kind: 'binarize', windowPx, k: SAUVOLA_K },
      ...clean.operations,
      { kind: 'encode', codec: 'mrc' },
    ],
  };
}

/** The window follows the resolution, made for 300 dpi; always odd. */
function windowFor(dpi: number): number {
  return 2 * Math.round((Math.max(10, (dpi / 300) * WINDOW_PX) - 1) / 2) + 1;
}

function cleaner(
  kernels: Kernels,
  dpi: number,
  finish: Finish,
): { readonly apply: (raster: BilevelRaster) => BilevelRaster; readonly operations: readonly PageOperation[] } {
  const maxPx = Math.max(2, Math.round(SPECK_PX * (dpi / 300) ** 2));
  return finish.despeckle
    ? { apply: (raster) => despeckle(kernels, raster, { maxPx }), operations: [{ kind: 'despeckle', maxPx }] }
    : { apply: (raster) => raster, operations: [] };
}

async function jpegOf(
  codec: PictureCodec,
  picture: RgbaRaster,
  quality: number,
): Promise<Extract<PageImage, { codec: 'jpeg' }>> {
  const file = await codec.encodeJpeg(picture, quality);
  const { widthPx, heightPx } = picture;
  // A canvas always writes three components, whatever it holds.
  return { codec: 'jpeg', data: new Uint8Array(await file.arrayBuffer()), widthPx, heightPx, gray: false };
}

/** Gray as RGBA. */
export function spread({ widthPx, heightPx, data }: GrayRaster): RgbaRaster {
  const pixels = new Uint32Array(data.length);
  for (let i = 0; i < data.length; i += 1) pixels[i] = 0xff000000 | ((data[i] ?? 0) * 0x010101);
  return { widthPx, heightPx, data: new Uint8Array(pixels.buffer) };
}
