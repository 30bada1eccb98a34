import type { Point } from '../picture/quad.js';
import type { RgbaRaster } from '../picture/raster.js';

/** Colour steps across a side. */
export interface EdgeProfiles {
  /** Places along the side, 0 to 1. */
  readonly shares: readonly number[];
  /** Pixels from one sample of a profile to the next; sample `middle` lies on the side. */
  readonly stepPx: number;
  readonly middle: number;
  /** Per place: how fast the colour turns from outside to inside at each sample. */
  readonly steps: readonly Float32Array[];
  /** The inside is darker than the outside. */
  readonly isDarker: boolean;
}

export interface ProfileSide {
  readonly from: Point;
  readonly to: Point;
  /** Unit vector to the inside of the page. */
  readonly inward: Point;
  readonly reachPx: number;
  /** `colour`: as the inside differs from the outside, the default; `brighter`: only what grows brighter. */
  readonly axis?: 'colour' | 'brighter';
}

type Axis = readonly [number, number, number];

const GREY: Axis = [0.577, 0.577, 0.577];
const PLACES = 64;
const MARGIN = 0.03;
/** Samples a profile is lengthened by at both ends, so that the step can be taken there, too. */
const TAIL = 3;

/** Reads the colours across a side; undefined when most of it lies outside the picture. */
export function readProfiles(picture: RgbaRaster, side: ProfileSide): EdgeProfiles | undefined {
  const half = Math.ceil(side.reachPx) + TAIL;
  const size = 2 * half + 1;
  const shares: number[] = [];
  const colours: Float32Array[] = [];
  for (let k = 0; k < PLACES; k += 1) {
    const share = MARGIN + ((1 - 2 * MARGIN) * (k + 0.5)) / PLACES;
    const x = side.from.x + (side.to.x - side.from.x) * share;
    const y = side.from.y + (side.to.y - side.from.y) * share;
    const profile = readOne(picture, { x, y }, side.inward, half);
    if (!profile) continue;
    shares.push(share);
    colours.push(profile);
  }
  if (colours.length < PLACES / 3) return undefined;
  const axis = side.axis === 'brighter' ? GREY : colourAxis(colours, size);
  const steps = colours.map((profile) => stepsOf(profile, size, axis));
  return { shares, stepPx: 1, middle: half, steps, isDarker: axis[0] + axis[1] + axis[2] < 0 };
}

function readOne(picture: RgbaRaster, at: Point, inward: Point, half: number): Float32Array | undefined {
  const { widthPx, heightPx, data } = picture;
  const out = new Float32Array((2 * half + 1) * 3);
  for (let i = -half, to = 0; i <= half; i += 1, to += 3) {
    // Pixel centres lie at a half.
    const x = at.x + inward.x * i - 0.5;
    const y = at.y + inward.y * i - 0.5;
    const left = Math.floor(x);
    const top = Math.floor(y);
    if (left < 0 || top < 0 || left + 1 >= widthPx || top + 1 >= heightPx) return undefined;
    const fx = x - left;
    const fy = y - top;
    const p = (top * widthPx + left) * 4;
    const q = p + widthPx * 4;
    for (let part = 0; part < 3; part += 1) {
      const upper = (data[p + part] ?? 0) * (1 - fx) + (data[p + 4 + part] ?? 0) * fx;
      const lower = (data[q + part] ?? 0) * (1 - fx) + (data[q + 4 + part] ?? 0) * fx;
      out[to + part] = upper * (1 - fy) + lower * fy;
    }
  }
  return out;
}

/** Direction in colour from outside to inside, by the outer and inner thirds of all profiles. */
function colourAxis(profiles: readonly Float32Array[], size: number): Axis {
  const axis = [0, 0, 0];
  const third = Math.max(2, Math.floor(size / 3));
  for (const profile of profiles) {
    for (let i = 0; i < third; i += 1) {
      for (let part = 0; part < 3; part += 1) {
        axis[part] = (axis[part] ?? 0) + (profile[(size - 1 - i) * 3 + part] ?? 0) - (profile[i * 3 + part] ?? 0);
      }
    }
  }
  const length = Math.hypot(...axis);
  // Less than a level of difference: brightness alone.
  if (length < profiles.length * third) return GREY;
  return [(axis[0] ?? 0) / length, (axis[1] ?? 0) / length, (axis[2] ?? 0) / length];
}

function stepsOf(profile: Float32Array, size: number, [r, g, b]: Axis): Float32Array {
  const value = (i: number): number =>
    (profile[i * 3] ?? 0) * r + (profile[i * 3 + 1] ?? 0) * g + (profile[i * 3 + 2] ?? 0) * b;
  const steps = new Float32Array(size);
  for (let i = 2; i < size - 2; i += 1) {
    steps[i] = value(i + 1) - value(i - 1) + (value(i + 2) - value(i - 2)) / 2;
  }
  return steps;
}
