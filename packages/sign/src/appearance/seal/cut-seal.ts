import { appearanceError, requireSize } from '../appearance-error.js';
import { POINTS_PER_MM, type FormAppearance } from '../appearance.js';
import { FormCanvas, type Matrix } from '../form/form-canvas.js';
import type { Box } from '../layout.js';
import { sealAppearance } from './seal-appearance.js';
import type { Seal } from './seal.js';
import type { CrossPageSealOptions, CrossPageSlice, SealedPage } from './cross-page-seal.js';

/** See `planCrossPageSeal`. */
export async function cutSeal(options: CrossPageSealOptions): Promise<readonly CrossPageSlice[]> {
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
