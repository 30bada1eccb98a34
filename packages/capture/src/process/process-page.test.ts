import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turn } from '../clean/turn.js';
import { printPage, Sheet, tilted } from '../clean/testing/print-page.js';
import { loadKernels } from '../kernels/kernels.js';
import type { PageColour, PageRecipe } from '../recipe/types.js';
import type { RgbaRaster } from '../picture/raster.js';
import { processPage } from './process-page.js';
import { rawCodec, rawFile } from './testing/raw-codec.js';

const kernels = await loadKernels();
const tools = { kernels, codec: rawCodec, breathe: () => Promise.resolve() };
const page = printPage({ widthPx: 868, heightPx: 1228, emPx: 24, noise: 3 });

const work = (picture: RgbaRaster, recipe: PageRecipe, dpi?: number) =>
  processPage(tools, rawFile(picture), {
    recipe,
    find: { mode: 'free-hand' },
    ...(dpi === undefined ? {} : { dpi }),
  });

/** The page on a dark desk, with a seal. */
function onDesk(): RgbaRaster {
  const desk = new Sheet(1260, 1610, [52, 60, 58]);
  const sealed = printPage({ widthPx: 868, heightPx: 1228, emPx: 24 });
  sealed.ring(630, 980, 84, 9, [205, 40, 50]);
  for (let y = 0; y < sealed.heightPx; y += 1) {
    desk.data.set(sealed.data.subarray(y * 868 * 4, (y + 1) * 868 * 4), ((y + 190) * 1260 + 200) * 4);
  }
  return desk;
}

test('process: finds the page on the desk, tells its paper and writes down what was done', async () => {
  const { recipe, widthPt, heightPt, operations, image, dpi } = await work(onDesk(), { colour: 'colour' });
  assert.notEqual(recipe.quad, 'whole');
  const [corner] = recipe.quad as readonly { x: number; y: number }[];
  assert.ok(corner && Math.hypot(corner.x - 200, corner.y - 190) < 4, JSON.stringify(corner));
  assert.deepEqual([Math.round(widthPt), Math.round(heightPt)], [595, 842]);
  assert.ok(Math.abs(dpi - 105) <= 2);
  assert.deepEqual(
    operations.map(({ kind }) => kind),
    ['warp', 'flatten', 'encode'],
  );
  assert.equal(image.codec, 'jpeg');
});

for (const colour of ['colour', 'gray', 'bilevel', 'seal'] as const satisfies readonly PageColour[]) {
  test(`process: the complete recipe gives the same ${colour} page again, byte for byte`, async () => {
    const first = await work(onDesk(), { colour });
    assert.deepEqual(await work(onDesk(), first.recipe), first);
    const codec = { colour: 'jpeg', gray: 'jpeg', bilevel: 'jbig2', seal: 'mrc' } as const;
    assert.equal(first.image.codec, codec[colour]);
    if (first.image.codec === 'mrc') assert.equal(first.image.inks.length, 1);
  });
}

test('process: a page laid down upside down or on its side stands upright, with its paper', async () => {
  for (const laid of [90, 180, 270] as const) {
    const { recipe, widthPt, heightPt } = await work(turn(kernels, page, laid), { colour: 'gray', quad: 'whole' });
    assert.equal(recipe.rotationDeg, 360 - laid);
    assert.deepEqual([Math.round(widthPt), Math.round(heightPt)], [595, 842]);
  }
});

test('process: tilted text is levelled, to the recipe when it says so', async () => {
  const crooked = tilted(kernels, page, 2);
  const { recipe, operations, quality } = await work(crooked, { colour: 'gray', quad: 'whole' });
  assert.ok(Math.abs(recipe.skewDeg + 2) <= 0.1);
  assert.ok(operations.some(({ kind }) => kind === 'deskew'));
  assert.ok(!quality.some(({ issue }) => issue === 'skew'));
  const left = await work(crooked, { colour: 'gray', quad: 'whole', skewDeg: 0 });
  assert.equal(left.recipe.skewDeg, 0);
  assert.ok(left.quality.some(({ issue }) => issue === 'skew'));
});

test('process: the resolution of a scanner decides about paper and size; more than 300 dpi is made smaller', async () => {
  const receipt = printPage({ widthPx: 945, heightPx: 1900, emPx: 40 });
  const { widthPt, heightPt, dpi } = await work(receipt, { colour: 'gray', quad: 'whole' }, 300);
  assert.deepEqual([Math.round(widthPt), Math.round(heightPt), dpi], [227, 456, 300]);
  const fine = await work(receipt, { colour: 'gray', quad: 'whole' }, 400);
  assert.deepEqual([Math.round(fine.heightPt), fine.dpi, fine.image.heightPx], [342, 300, 1426]);
});

test('process: without flattening and despeckling these are not done', async () => {
  const { operations } = await work(page, { colour: 'bilevel', quad: 'whole', flatten: false, despeckle: false });
  assert.deepEqual(
    operations.map(({ kind }) => kind),
    ['warp', 'gray', 'binarize', 'encode'],
  );
});

test('process: compiled and script kernels give the same page', async () => {
  const options = { recipe: { colour: 'seal' }, find: { mode: 'free-hand' } } as const;
  const script = { ...tools, kernels: { kind: 'script' } } as const;
  assert.deepEqual(
    await processPage(script, rawFile(onDesk()), options),
    await processPage(tools, rawFile(onDesk()), options),
  );
});
