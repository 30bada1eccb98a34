import { seededRandom } from '../../lib/random.js';
import { apply, deskToPicture, invert, multiply, paperCorners, paperToDesk, type Matrix3 } from './camera.js';
import type { FormPicture } from './forms.js';
import { matPainter } from './mats.js';
import { addHands, addLight, addMoire, addNoise, blurred } from './optics.js';
import type { Paper, Scene } from './types.js';

export interface RenderedScene {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Red, green, blue. */
  readonly data: Uint8Array;
}

export type FormOf = (paper: Paper) => FormPicture;

/** Light of a picture before it meets the sensor; three numbers a pixel, 255 is full. */
export interface Canvas {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgb: Float32Array;
}

/** Draws a scene: desk, papers from the bottom up with contact shadows, hands, light, lens, sensor. */
export function render(scene: Scene, formOf: FormOf): RenderedScene {
  const { widthPx, heightPx } = scene.camera;
  const canvas: Canvas = { widthPx, heightPx, rgb: new Float32Array(widthPx * heightPx * 3) };
  const desk = deskToPicture(scene.camera);
  paintDesk(canvas, scene, invert(desk));
  for (const paper of scene.papers)
    paintPaper(canvas, scene, paper, formOf(paper), invert(multiply(desk, paperToDesk(paper))));
  addHands(canvas, scene.hands);
  addLight(canvas, scene.light);
  if (scene.moire > 0) addMoire(canvas, scene.moire, scene.seed);
  const seen = scene.blurPx > 0 ? blurred(canvas, scene.blurPx) : canvas;
  return addNoise(seen, scene.noise, seededRandom(scene.seed ^ 0x5bd1e995));
}

function paintDesk({ widthPx, heightPx, rgb }: Canvas, scene: Scene, toDesk: Matrix3): void {
  // The same desk has the same pattern in each of its scenes.
  const paint = matPainter(scene.mat, scene.desk === undefined ? scene.seed : deskSeed(scene.desk));
  const colour = new Float32Array(3);
  const [a, b, c, d, e, f, g, h, i] = toDesk;
  for (let y = 0, to = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, to += 3) {
      const w = g * (x + 0.5) + h * (y + 0.5) + i;
      paint((a * (x + 0.5) + b * (y + 0.5) + c) / w, (d * (x + 0.5) + e * (y + 0.5) + f) / w, colour);
      rgb[to] = colour[0] ?? 0;
      rgb[to + 1] = colour[1] ?? 0;
      rgb[to + 2] = colour[2] ?? 0;
    }
  }
}

function deskSeed(desk: string): number {
  return [...desk].reduce((seed, character) => Math.imul(seed, 31) + character.charCodeAt(0), 7);
}

const SHADOW_MM = 2.2;

function paintPaper(canvas: Canvas, scene: Scene, paper: Paper, form: FormPicture, toPaper: Matrix3): void {
  const { widthPx, heightPx, rgb } = canvas;
  const corners = paperCorners(scene.camera, paper);
  const margin = 60;
  const left = Math.max(0, Math.floor(Math.min(...corners.map(({ x }) => x)) - margin));
  const right = Math.min(widthPx, Math.ceil(Math.max(...corners.map(({ x }) => x)) + margin));
  const top = Math.max(0, Math.floor(Math.min(...corners.map(({ y }) => y)) - margin));
  const bottom = Math.min(heightPx, Math.ceil(Math.max(...corners.map(({ y }) => y)) + margin));
  const ink = new Float32Array(3);
  const [a, b, c, d, e, f, g, h, i] = toPaper;
  for (let y = top; y < bottom; y += 1) {
    const middle = apply(toPaper, (left + right) / 2, y + 0.5);
    const beside = apply(toPaper, (left + right) / 2 + 1, y + 0.5);
    const mmPerPx = Math.hypot((beside.x - middle.x) * paper.widthMm, (beside.y - middle.y) * paper.heightMm) || 1e-6;
    for (let x = left; x < right; x += 1) {
      const w = g * (x + 0.5) + h * (y + 0.5) + i;
      const u = (a * (x + 0.5) + b * (y + 0.5) + c) / w;
      const flat = (d * (x + 0.5) + e * (y + 0.5) + f) / w;
      const v = paper.curl === 0 ? flat : flat + paper.curl * Math.sin(Math.PI * Math.min(1, Math.max(0, u)));
      const outMm = Math.max(
        -u * paper.widthMm,
        (u - 1) * paper.widthMm,
        -v * paper.heightMm,
        (v - 1) * paper.heightMm,
      );
      if (outMm > SHADOW_MM * 6) continue;
      const at = (y * widthPx + x) * 3;
      const covered = Math.max(0, Math.min(1, 0.5 - outMm / mmPerPx));
      if (covered < 1 && paper.lift > 0) {
        // Light comes from the upper left: the shadow is wider below and to the right.
        const away = outMm - (u > 1 || v > 1 ? 0.8 : 0);
        const dark = 1 - paper.lift * Math.exp(-Math.max(0, away) / SHADOW_MM);
        for (let part = 0; part < 3; part += 1) rgb[at + part] = (rgb[at + part] ?? 0) * dark;
      }
      if (covered === 0) continue;
      sample(form, u, v, mmPerPx / paper.widthMm, mmPerPx / paper.heightMm, ink);
      for (let part = 0; part < 3; part += 1) {
        const colour = (paper.tint[part] ?? 255) * (ink[part] ?? 1);
        rgb[at + part] = (rgb[at + part] ?? 0) * (1 - covered) + colour * covered;
      }
    }
  }
}

/** Mean over the area of a pixel, by up to four samples, 0 to 1. */
function sample(form: FormPicture, u: number, v: number, spreadU: number, spreadV: number, out: Float32Array): void {
  const { widthPx, heightPx, data } = form;
  const steps = spreadU * widthPx > 1.3 ? 2 : 1;
  out.fill(0);
  for (let j = 0; j < steps; j += 1) {
    const y = Math.floor((v + ((j + 0.5) / steps - 0.5) * spreadV) * heightPx);
    const row = Math.max(0, Math.min(heightPx - 1, y)) * widthPx;
    for (let i = 0; i < steps; i += 1) {
      const x = Math.floor((u + ((i + 0.5) / steps - 0.5) * spreadU) * widthPx);
      const at = (row + Math.max(0, Math.min(widthPx - 1, x))) * 3;
      for (let part = 0; part < 3; part += 1) out[part] = (out[part] ?? 0) + (data[at + part] ?? 255);
    }
  }
  for (let part = 0; part < 3; part += 1) out[part] = (out[part] ?? 0) / (steps * steps * 255);
}
