import { rotation } from '../matrix.js';
import { resample } from '../warp.js';
import type { Kernels } from '../../kernels/kernels.js';
import type { RgbaRaster } from '../../picture/raster.js';

/** How the pretended page looks. */
export interface PrintOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Side of a character, pixels. */
  readonly emPx: number;
  readonly seed?: number;
  readonly paper?: readonly [number, number, number];
  readonly ink?: readonly [number, number, number];
  /** Lines that are left out at the end. */
  readonly lines?: number;
  /** Amplitude of the noise of the sensor, levels. */
  readonly noise?: number;
  /** Brightness of paper at a place, 0 to 1. */
  readonly light?: (x: number, y: number) => number;
}

/** Numbers from 0 to 1; the same seed gives the same row. */
export function seeded(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
}

/** A canvas of bytes for tests without a browser. */
export class Sheet implements RgbaRaster {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Uint8Array;

  constructor(widthPx: number, heightPx: number, colour: readonly [number, number, number]) {
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.data = new Uint8Array(widthPx * heightPx * 4).fill(255);
    this.fill(0, 0, widthPx, heightPx, colour);
  }

  fill(left: number, top: number, width: number, height: number, colour: readonly [number, number, number]): void {
    for (let y = Math.max(0, Math.round(top)); y < Math.min(this.heightPx, Math.round(top + height)); y += 1) {
      for (let x = Math.max(0, Math.round(left)); x < Math.min(this.widthPx, Math.round(left + width)); x += 1) {
        this.data.set(colour, (y * this.widthPx + x) * 4);
      }
    }
  }

  /** A ring, as of a round seal; mixes with what lies below like stamping ink: the darker channel stays. */
  ring(cx: number, cy: number, radius: number, width: number, colour: readonly [number, number, number]): void {
    for (let y = Math.floor(cy - radius); y <= cy + radius; y += 1) {
      for (let x = Math.floor(cx - radius); x <= cx + radius; x += 1) {
        const away = Math.hypot(x - cx, y - cy);
        if (away > radius || away < radius - width) continue;
        if (x < 0 || y < 0 || x >= this.widthPx || y >= this.heightPx) continue;
        const at = (y * this.widthPx + x) * 4;
        for (let i = 0; i < 3; i += 1) this.data[at + i] = Math.min(this.data[at + i] ?? 0, colour[i] ?? 0);
      }
    }
  }

  /** Changes each pixel: light and the noise of the sensor. */
  shine(light: (x: number, y: number) => number, noise: number, seed: number): void {
    const random = seeded(seed);
    for (let y = 0, at = 0; y < this.heightPx; y += 1) {
      for (let x = 0; x < this.widthPx; x += 1, at += 4) {
        const factor = light(x / this.widthPx, y / this.heightPx);
        const grain = (random() + random() - 1) * noise * 2;
        for (let i = 0; i < 3; i += 1) {
          this.data[at + i] = Math.max(0, Math.min(255, Math.round((this.data[at + i] ?? 0) * factor + grain)));
        }
      }
    }
  }
}

/** Lines of pretended Chinese print: blocks of strokes, stops at the left foot of their cell, ragged ends. */
export function printPage(options: PrintOptions): Sheet {
  const { widthPx, heightPx, emPx, seed = 1, paper = [238, 236, 230], ink = [38, 36, 40] } = options;
  const sheet = new Sheet(widthPx, heightPx, paper);
  const random = seeded(seed);
  const margin = Math.round(widthPx * 0.09);
  const pitch = Math.round(emPx * 1.7);
  const count = Math.floor((heightPx - 2 * margin) / pitch);
  for (let line = 0; line < Math.min(options.lines ?? count, count); line += 1) {
    const ends = random() < 0.3 ? 0.35 + random() * 0.5 : 0.97;
    const top = margin + line * pitch;
    for (let x = margin; x + emPx < margin + (widthPx - 2 * margin) * ends; x += emPx) {
      if (random() < 0.1) printStop(sheet, x, top, emPx, ink);
      else printCharacter(sheet, x, top, emPx, ink, random);
    }
  }
  sheet.shine(options.light ?? (() => 1), options.noise ?? 0, seed);
  return sheet;
}

function printCharacter(
  sheet: Sheet,
  x: number,
  y: number,
  em: number,
  ink: readonly [number, number, number],
  random: () => number,
): void {
  const stroke = Math.max(1, Math.round(em / 11));
  const side = em * 0.86;
  const strokes = 3 + Math.floor(random() * 4);
  for (let i = 0; i < strokes; i += 1) {
    const place = 0.06 + (0.8 * (i + random() * 0.6)) / strokes;
    if (i % 2 === 0) sheet.fill(x + em * 0.07, y + side * place, side * (0.6 + random() * 0.4), stroke, ink);
    else sheet.fill(x + em * 0.07 + side * place, y + em * 0.06, stroke, side * (0.5 + random() * 0.5), ink);
  }
}

/** A full stop 。 as a small ring. */
function printStop(sheet: Sheet, x: number, y: number, em: number, ink: readonly [number, number, number]): void {
  sheet.ring(x + em * 0.2, y + em * 0.78, Math.max(2, em * 0.13), Math.max(1, em * 0.06), ink);
}

/** The sheet as if laid down tilted, degrees clockwise; white comes in. */
export function tilted(kernels: Kernels, picture: RgbaRaster, degrees: number): RgbaRaster {
  const centre = { x: picture.widthPx / 2, y: picture.heightPx / 2 };
  return resample(kernels, picture, rotation(-degrees, centre), picture);
}
