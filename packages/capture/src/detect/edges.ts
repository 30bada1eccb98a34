import type { Kernels } from '../kernels/kernels.js';
import type { Planes } from './planes.js';

/** Places of strongest change, in no particular order. */
export interface EdgePixels {
  readonly count: number;
  /** x, y, gradient x, gradient y of each. */
  readonly places: Int16Array;
}

/** More than any picture has at the size pages are looked for. */
const MAX_EDGES = 200_000;

/**
 * Ridges of the colour gradient: Sobel on each plane smoothed by 1-2-1, the plane that changes most decides, colour
 * weighs double. `threshold` in Sobel units, 4 a level of brightness.
 */
export function findEdges(kernels: Kernels, planes: Planes, threshold: number): EdgePixels {
  const { widthPx, heightPx, luma, blue, red } = planes;
  if (kernels.kind === 'wasm') {
    return kernels.arena.use((wasm, arena) => {
      const source = arena.put(luma);
      arena.put(blue);
      const third = arena.put(red);
      void third;
      const work = wasm.reserve(luma.length * 8);
      const target = wasm.reserve(MAX_EDGES * 8);
      const count = wasm.findEdges(source, work, target, widthPx, heightPx, threshold, MAX_EDGES);
      return { count, places: new Int16Array(arena.take(target, count * 8).buffer) };
    });
  }
  return edgesByScript(planes, threshold);
}

function edgesByScript({ widthPx, heightPx, luma, blue, red }: Planes, threshold: number): EdgePixels {
  const count = widthPx * heightPx;
  const gradientX = new Int16Array(count);
  const gradientY = new Int16Array(count);
  const strength = new Int16Array(count);
  for (const plane of [luma, blue, red]) {
    const smooth = smoothPlane(plane, widthPx, heightPx);
    const gain = plane === luma ? 1 : 2;
    for (let y = 1; y < heightPx - 1; y += 1) {
      for (let x = 1, at = y * widthPx + 1; x < widthPx - 1; x += 1, at += 1) {
        const [nw, n, ne] = [smooth[at - widthPx - 1] ?? 0, smooth[at - widthPx] ?? 0, smooth[at - widthPx + 1] ?? 0];
        const [w, e] = [smooth[at - 1] ?? 0, smooth[at + 1] ?? 0];
        const [sw, s, se] = [smooth[at + widthPx - 1] ?? 0, smooth[at + widthPx] ?? 0, smooth[at + widthPx + 1] ?? 0];
        const gx = (ne + 2 * e + se - nw - 2 * w - sw) * gain;
        const gy = (sw + 2 * s + se - nw - 2 * n - ne) * gain;
        const value = lengthOf(gx, gy);
        if (value > (strength[at] ?? 0)) {
          strength[at] = value;
          gradientX[at] = gx;
          gradientY[at] = gy;
        }
      }
    }
  }
  return ridges({ widthPx, heightPx, gradientX, gradientY, strength }, threshold);
}

interface Gradient {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly gradientX: Int16Array;
  readonly gradientY: Int16Array;
  readonly strength: Int16Array;
}

function ridges({ widthPx, heightPx, gradientX, gradientY, strength }: Gradient, threshold: number): EdgePixels {
  const places = new Int16Array(MAX_EDGES * 4);
  let count = 0;
  for (let y = 2; y < heightPx - 2; y += 1) {
    for (let x = 2; x < widthPx - 2 && count < MAX_EDGES; x += 1) {
      const at = y * widthPx + x;
      const value = strength[at] ?? 0;
      if (value < threshold) continue;
      const gx = gradientX[at] ?? 0;
      const gy = gradientY[at] ?? 0;
      const step = acrossStep(gx, gy, widthPx);
      if ((strength[at - step] ?? 0) > value || (strength[at + step] ?? 0) >= value) continue;
      places[count * 4] = x;
      places[count * 4 + 1] = y;
      places[count * 4 + 2] = gx;
      places[count * 4 + 3] = gy;
      count += 1;
    }
  }
  return { count, places: places.slice(0, count * 4) };
}

/** Offset of the neighbour in the direction of the gradient, of eight. */
function acrossStep(gx: number, gy: number, widthPx: number): number {
  const ax = Math.abs(gx);
  const ay = Math.abs(gy);
  if (ay * 5 < ax * 2) return 1;
  if (ax * 5 < ay * 2) return widthPx;
  return gx >= 0 === gy >= 0 ? widthPx + 1 : widthPx - 1;
}

function lengthOf(gx: number, gy: number): number {
  const ax = Math.abs(gx);
  const ay = Math.abs(gy);
  return ax > ay ? ax + ((ay * 3) >> 3) : ay + ((ax * 3) >> 3);
}

/** 1-2-1 in both directions, each step rounded up; the outermost pixels stay. */
function smoothPlane(plane: Uint8Array, widthPx: number, heightPx: number): Uint8Array {
  const across = plane.slice();
  const result = plane.slice();
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 1, at = y * widthPx + 1; x < widthPx - 1; x += 1, at += 1) {
      across[at] = ((((plane[at - 1] ?? 0) + (plane[at + 1] ?? 0) + 1) >> 1) + (plane[at] ?? 0) + 1) >> 1;
    }
  }
  for (let y = 1; y < heightPx - 1; y += 1) {
    for (let x = 0, at = y * widthPx; x < widthPx; x += 1, at += 1) {
      const sides = ((across[at - widthPx] ?? 0) + (across[at + widthPx] ?? 0) + 1) >> 1;
      result[at] = (sides + (across[at] ?? 0) + 1) >> 1;
    }
  }
  for (let x = 0; x < widthPx; x += 1) {
    result[x] = across[x] ?? 0;
    result[count(widthPx, heightPx) + x] = across[count(widthPx, heightPx) + x] ?? 0;
  }
  return result;
}

/** Start of the last row. */
function count(widthPx: number, heightPx: number): number {
  return widthPx * (heightPx - 1);
}
