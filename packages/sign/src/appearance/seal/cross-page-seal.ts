import { appearanceError, requireSize } from '../appearance-error.js';
import { POINTS_PER_MM, type FormAppearance, type Placement } from '../appearance.js';
import { FormCanvas, type Matrix } from '../form/form-canvas.js';
import type { Box } from '../layout.js';
import { sealAppearance } from './seal-appearance.js';
import type { Seal } from './seal.js';

/** A page as it is in the file. */
export interface SealedPage {
  /** Size of the CropBox before rotation, in millimetres. */
  readonly widthMm: number;
  readonly heightMm: number;
  /** /Rotate of the page: how far it is turned clockwise when shown. */
  readonly rotationDeg: 0 | 90 | 180 | 270;
}

/** What one page shows of the seal. */
export interface CrossPageSlice {
  /** Seal number from 0: long documents get several whole seals. */
  readonly group: number;
  /** Part of the seal along the fan, in millimetres from its left (edges left, right) or top (edges top, bottom). */
  readonly fromMm: number;
  readonly toMm: number;
  /** In unrotated page space, flush with the edge. */
  readonly placement: Placement;
  /** Already turned so that it stands upright on the shown page. Parts that are the same object in several slices need to be written once only. */
  readonly appearance: FormAppearance;
}

/**
 * Cuts a seal over the edges of pages (骑缝章): fanned out, the pages show it whole. Fewer than two pages get no slices.
 * Put the slices into the revision before the first signature, see research. Errors: `invalid-argument` when the seal does not fit on a page.
 */
export async function planCrossPageSeal(options: {
  readonly pages: readonly SealedPage[];
  readonly seal: Seal;
  /** Edge of the shown page. Default `right`. */
  readonly edge?: 'left' | 'right' | 'top' | 'bottom';
  /** From the top (edges left, right) or the left (edges top, bottom) of the shown page to the seal. Default: in the middle of each page. */
  readonly offsetMm?: number;
  /** Narrowest slice; longer documents get several seals. Default 2; three pages share a seal in any case. */
  readonly perPageMinMm?: number;
  /** Pages that take part: `odd` for documents printed on both sides. Default `all`. */
  readonly sides?: 'all' | 'odd' | 'even';
  /** Default true. */
  readonly multiply?: boolean;
}): Promise<readonly CrossPageSlice[]> {
  const { seal, edge = 'right', perPageMinMm = 2, sides = 'all' } = options;
  requireSize(perPageMinMm, ...options.pages.flatMap((page) => [page.widthMm, page.heightMm]));
  const pages = options.pages
    .map((page, index) => ({ ...page, pageNumber: index + 1 }))
    .filter(({ pageNumber }) => sides === 'all' || (pageNumber % 2 === 1) === (sides === 'odd'));
  if (pages.length < 2) return [];
  const upright = edge === 'left' || edge === 'right';
  const along = upright ? seal.widthMm : seal.heightMm;
  const whole = await sealAppearance({ seal, multiply: options.multiply ?? true });
  const perSeal = Math.max(2, Math.floor(along / perPageMinMm + 1e-9));
  // A page alone would show a whole seal, which proves nothing about its neighbours.
  const groups = Math.min(Math.ceil(pages.length / perSeal), Math.floor(pages.length / 2));
  const slices: Promise<CrossPageSlice>[] = [];
  for (let group = 0; group < groups; group += 1) {
    const members = pages.slice(share(pages.length, groups, group), share(pages.length, groups, group + 1));
    members.forEach((page, index) => {
      // On the left and at the top the first sheet lies innermost: it shows the end of the seal.
      const place = edge === 'left' || edge === 'top' ? members.length - 1 - index : index;
      const fromMm = (along * place) / members.length;
      const toMm = place + 1 === members.length ? along : (along * (place + 1)) / members.length;
      slices.push(sliceOf(page, { group, fromMm, toMm, edge, seal, whole, offsetMm: options.offsetMm }));
    });
  }
  return Promise.all(slices);
}

/** Start of the n-th of `groups` shares that differ by one page at most. */
const share = (pages: number, groups: number, group: number): number => Math.floor((pages * group) / groups);

async function sliceOf(
  page: SealedPage & { readonly pageNumber: number },
  cut: {
    readonly group: number;
    readonly fromMm: number;
    readonly toMm: number;
    readonly edge: 'left' | 'right' | 'top' | 'bottom';
    readonly seal: Seal;
    readonly whole: FormAppearance;
    readonly offsetMm: number | undefined;
  },
): Promise<CrossPageSlice> {
  const { seal, fromMm, toMm, edge } = cut;
  const turned = page.rotationDeg % 180 !== 0;
  const [shownWidth, shownHeight] = turned ? [page.heightMm, page.widthMm] : [page.widthMm, page.heightMm];
  const upright = edge === 'left' || edge === 'right';
  const [width, height] = upright ? [toMm - fromMm, seal.heightMm] : [seal.widthMm, toMm - fromMm];
  const free = upright ? shownHeight - height : shownWidth - width;
  const offset = cut.offsetMm ?? free / 2;
  if (offset < 0 || offset > free + 1e-6 || width > shownWidth || height > shownHeight) {
    throw appearanceError('seal-larger-than-page');
  }
  const shownX = { left: 0, right: shownWidth - width, top: offset, bottom: offset }[edge];
  const shownY = { left: free - offset, right: free - offset, top: shownHeight - height, bottom: 0 }[edge];
  const space = turnedBox(page, { xMm: shownX, yMm: shownY, widthMm: width, heightMm: height });
  const canvas = new FormCanvas();
  const [sizeX, sizeY] = [width * POINTS_PER_MM, height * POINTS_PER_MM];
  const matrix = {
    0: [1, 0, 0, 1, 0, 0],
    90: [0, 1, -1, 0, sizeY, 0],
    180: [-1, 0, 0, -1, sizeX, sizeY],
    270: [0, -1, 1, 0, 0, sizeX],
  };
  // The whole seal is drawn; the box of this form shows only its part.
  const shift = upright ? [-fromMm, 0] : [0, toMm - seal.heightMm];
  canvas.within(matrix[page.rotationDeg] as unknown as Matrix, () =>
    canvas.within([1, 0, 0, 1, (shift[0] ?? 0) * POINTS_PER_MM, (shift[1] ?? 0) * POINTS_PER_MM], () => {
      cut.whole.parts.forEach((part) => canvas.add(part));
      canvas.paint(canvas.add(cut.whole.form));
    }),
  );
  const appearance = await canvas.finish(space.widthMm, space.heightMm);
  return { group: cut.group, fromMm, toMm, placement: { pageNumber: page.pageNumber, ...space }, appearance };
}

/** From the shown page to the page before rotation. @source ISO 32000-2 table 31, Rotate */
function turnedBox(page: SealedPage, box: Box): Box {
  const { xMm: x, yMm: y, widthMm, heightMm } = box;
  const turned = { widthMm: heightMm, heightMm: widthMm };
  if (page.rotationDeg === 90) return { ...turned, xMm: page.widthMm - y - heightMm, yMm: x };
  if (page.rotationDeg === 270) return { ...turned, xMm: y, yMm: page.heightMm - x - widthMm };
  if (page.rotationDeg === 180) return { ...box, xMm: page.widthMm - x - widthMm, yMm: page.heightMm - y - heightMm };
  return box;
}
