import { DeskLight, type Desk } from './desk-light.js';
import type { MatModel } from './mat-model.js';
import type { Planes } from './planes.js';

/** What lies on the desk, pixel by pixel. */
export interface MatDifference {
  /** Frame minus desk, 128 is no difference; the pattern of the desk is gone. */
  readonly planes: Planes;
  /** 1 where something lies. */
  readonly mask: Uint8Array;
}

const NOISE_LUMA = 1.6;
const NOISE_COLOUR = 1.1;
/** Times the usual noise. */
const LIMIT = 3.2;

/**
 * Compares a frame with the empty desk; a camera that has changed its exposure meanwhile and soft
 * shadows are allowed for.
 */
export function differenceFromMat(planes: Planes, mat: MatModel): MatDifference {
  const { widthPx, heightPx } = planes;
  const count = widthPx * heightPx;
  const desk = resample(mat, widthPx, heightPx);
  const light = new DeskLight(planes, desk, exposureGain(planes.luma, desk.mean.subarray(0, count), widthPx, heightPx));
  const gains = new Float32Array(count);
  for (let y = 0; y < heightPx; y += 1) light.row(y, gains.subarray(y * widthPx, (y + 1) * widthPx));
  const far = new Float32Array(count);
  const compare = (plane: Uint8Array, part: number): Uint8Array => {
    const out = new Uint8Array(count);
    const start = part * count;
    const noise = part === 0 ? NOISE_LUMA : NOISE_COLOUR;
    const middle = part === 0 ? 0 : 128;
    for (let i = 0; i < count; i += 1) {
      const expected = middle + ((desk.mean[start + i] ?? 0) - middle) * (gains[i] ?? 1);
      const difference = (plane[i] ?? 0) - expected;
      far[i] = (far[i] ?? 0) + Math.abs(difference) / ((desk.deviation[start + i] ?? 0) / 8 + noise);
      out[i] = 128.5 + flattened(difference);
    }
    return out;
  };
  const [luma, blue, red] = [compare(planes.luma, 0), compare(planes.blue, 1), compare(planes.red, 2)];
  const mask = new Uint8Array(count);
  for (let i = 0; i < count; i += 1) mask[i] = (far[i] ?? 0) > LIMIT ? 1 : 0;
  return { planes: { ...planes, luma, blue, red }, mask };
}

/** Large differences grow slower, so that -255 to 255 fits a byte and small ones are kept as they are. */
function flattened(difference: number): number {
  if (difference > 64) return 64 + (difference - 64) * 0.3;
  return difference < -64 ? -64 + (difference + 64) * 0.3 : difference;
}

/** Ratio that most pixels of the outer ring agree on: there the desk is seen. */
function exposureGain(luma: Uint8Array, desk: Uint8Array, widthPx: number, heightPx: number): number {
  const ringPx = Math.max(2, Math.round(Math.min(widthPx, heightPx) * 0.06));
  const histogram = new Uint32Array(401);
  for (let y = 0; y < heightPx; y += 1) {
    const inRing = y < ringPx || y >= heightPx - ringPx;
    for (let x = 0; x < widthPx; x += inRing || x < ringPx || x >= widthPx - ringPx - 1 ? 1 : widthPx - 2 * ringPx) {
      const base = desk[y * widthPx + x] ?? 0;
      const value = luma[y * widthPx + x] ?? 0;
      if (base < 16 || base > 250 || value > 250) continue;
      const cell = Math.round((value / base) * 200);
      if (cell <= 400) histogram[cell] = (histogram[cell] ?? 0) + 1;
    }
  }
  let best = 200;
  let most = 0;
  for (let cell = 100; cell <= 300; cell += 1) {
    const votes = (histogram[cell - 1] ?? 0) + 2 * (histogram[cell] ?? 0) + (histogram[cell + 1] ?? 0);
    if (votes > most) [best, most] = [cell, votes];
  }
  return best / 200;
}

/** The desk at the size of the frame at hand: a master may be larger than the preview it was calibrated with. */
function resample(mat: MatModel, widthPx: number, heightPx: number): Desk {
  if (mat.widthPx === widthPx && mat.heightPx === heightPx) return mat;
  const count = widthPx * heightPx;
  const from = mat.widthPx * mat.heightPx;
  const mean = new Uint8Array(count * 3);
  const deviation = new Uint8Array(count * 3);
  for (let y = 0; y < heightPx; y += 1) {
    const row = Math.min(mat.heightPx - 1, Math.floor(((y + 0.5) * mat.heightPx) / heightPx));
    for (let x = 0; x < widthPx; x += 1) {
      const column = Math.min(mat.widthPx - 1, Math.floor(((x + 0.5) * mat.widthPx) / widthPx));
      const at = row * mat.widthPx + column;
      for (let part = 0; part < 3; part += 1) {
        mean[part * count + y * widthPx + x] = mat.mean[part * from + at] ?? 0;
        deviation[part * count + y * widthPx + x] = mat.deviation[part * from + at] ?? 0;
      }
    }
  }
  return { mean, deviation };
}
