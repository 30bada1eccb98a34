import type { Point } from '../../../packages/capture/src/picture/quad.js';

/** What every contender offers to its bench page; set as `globalThis.arm`. */
export interface Arm {
  load(): Promise<void>;
  /** Quads in pixels, best first. */
  detect(picture: ImageData): Promise<readonly (readonly Point[])[]>;
  /** Only where the product has a mode with a calibrated desk. */
  calibrate?(empty: readonly ImageData[]): void;
  detectOnMat?(picture: ImageData): Promise<readonly (readonly Point[])[]>;
  /** Only where the product makes corners exact in the full picture. */
  refine?(picture: ImageData, quad: readonly Point[]): readonly Point[];
}

declare global {
  var arm: Arm;
  var benchPage: BenchPage;
}

/** How the runner drives a page. */
export interface BenchPage {
  detect(url: string, mode: 'free-hand' | 'mat', exact: boolean): Promise<readonly (readonly Point[])[]>;
  calibrate(urls: readonly string[]): Promise<void>;
  /** Decodes frames and keeps them. */
  keep(urls: readonly string[]): Promise<void>;
  /** One detection of each kept frame; longest of them in milliseconds. */
  detectKept(): Promise<number>;
}

/** Longest side that contenders get; larger pictures are shrunk for all in the same way. */
const LONGEST_PX = 1920;

export function startPage(arm: Arm): void {
  const kept: ImageData[] = [];
  globalThis.arm = arm;
  globalThis.benchPage = {
    detect: async (url, mode, exact) => {
      const bitmap = await bitmapOf(url);
      const picture = pixelsOf(bitmap, LONGEST_PX);
      const found = mode === 'mat' && arm.detectOnMat ? await arm.detectOnMat(picture) : await arm.detect(picture);
      const scale = bitmap.width / picture.width;
      const quads = found.map((quad) => quad.map(({ x, y }) => ({ x: x * scale, y: y * scale })));
      if (!exact || !arm.refine) return quads;
      const full = pixelsOf(bitmap, Infinity);
      return quads.map((quad) => arm.refine?.(full, quad) ?? quad);
    },
    calibrate: async (urls) => arm.calibrate?.(await Promise.all(urls.map((url) => decode(url)))),
    keep: async (urls) => {
      kept.length = 0;
      for (const url of urls) kept.push(await decode(url));
    },
    detectKept: async () => {
      let longest = 0;
      for (const picture of kept) {
        const from = performance.now();
        await arm.detect(picture);
        longest = Math.max(longest, performance.now() - from);
      }
      return longest;
    },
  };
}

async function bitmapOf(url: string): Promise<ImageBitmap> {
  return createImageBitmap(await (await fetch(url)).blob());
}

async function decode(url: string): Promise<ImageData> {
  return pixelsOf(await bitmapOf(url), LONGEST_PX);
}

function pixelsOf(bitmap: ImageBitmap, longestPx: number): ImageData {
  const scale = Math.min(1, longestPx / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#888';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
