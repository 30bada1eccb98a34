import type { Point } from '../../../packages/capture/src/picture/quad.js';
import { startPage } from './arm.js';

interface Mat {
  delete(): void;
}
interface Scanner {
  findPaperContour(image: Mat): Mat | null;
  getCornerPoints(contour: Mat, image: Mat): Record<string, Point | undefined>;
}
interface Peer {
  readonly cv: { matFromImageData(picture: ImageData): Mat; Mat?: unknown } & PromiseLike<unknown>;
  readonly jscanify: new () => Scanner;
}

const peer = globalThis as unknown as Peer;
let scanner: Scanner | undefined;

startPage({
  load: async () => {
    for (let tries = 0; typeof peer.cv?.Mat !== 'function' && tries < 200; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    scanner = new peer.jscanify();
  },
  detect: async (picture) => {
    const image = peer.cv.matFromImageData(picture);
    const contour = scanner?.findPaperContour(image);
    const corners = contour && scanner?.getCornerPoints(contour, image);
    contour?.delete();
    image.delete();
    const quad = corners
      ? ['topLeftCorner', 'topRightCorner', 'bottomRightCorner', 'bottomLeftCorner'].map((name) => corners[name])
      : [];
    const complete = quad.filter((corner) => corner !== undefined);
    return complete.length === 4 ? [complete] : [];
  },
});
