import { calibrateMat, findPages, refineQuad, type MatModel } from '../../../packages/capture/src/detect/index.js';
import { loadKernels, type Kernels } from '../../../packages/capture/src/kernels/kernels.js';
import type { Point, Quad } from '../../../packages/capture/src/picture/quad.js';
import type { RgbaRaster } from '../../../packages/capture/src/picture/raster.js';
import { startPage } from './arm.js';

let kernels: Kernels = { kind: 'script' };
let mat: MatModel | undefined;

const rasterOf = ({ width, height, data }: ImageData): RgbaRaster => ({
  widthPx: width,
  heightPx: height,
  data: new Uint8Array(data.buffer),
});
const inPixels = ({ width, height }: ImageData, quad: Quad): Point[] =>
  quad.map(({ x, y }) => ({ x: x * width, y: y * height }));

startPage({
  load: async () => {
    kernels = await loadKernels();
  },
  detect: async (picture) =>
    findPages(kernels, rasterOf(picture), { mode: 'free-hand' }).map(({ quad }) => inPixels(picture, quad)),
  calibrate: (empty) => {
    mat = calibrateMat(kernels, empty.map(rasterOf));
  },
  detectOnMat: async (picture) => {
    if (!mat) throw new Error('not calibrated');
    return findPages(kernels, rasterOf(picture), { mode: 'mat', mat }).map(({ quad }) => inPixels(picture, quad));
  },
  refine: (picture, quad) => refineQuad(kernels, rasterOf(picture), quad as unknown as Quad),
});
