import type { Canvas, RenderedScene } from './render.js';
import type { Hand, Light } from './types.js';

/** Fingers: rounded bars of skin with a darker rim. */
export function addHands({ widthPx, heightPx, rgb }: Canvas, hands: readonly Hand[]): void {
  for (const { tip, root, widthPx: thick } of hands) {
    const [dx, dy] = [root[0] - tip[0], root[1] - tip[1]];
    const length = dx * dx + dy * dy || 1;
    const left = Math.max(0, Math.floor(Math.min(tip[0], root[0]) - thick));
    const right = Math.min(widthPx, Math.ceil(Math.max(tip[0], root[0]) + thick));
    const top = Math.max(0, Math.floor(Math.min(tip[1], root[1]) - thick));
    const bottom = Math.min(heightPx, Math.ceil(Math.max(tip[1], root[1]) + thick));
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        const along = Math.max(0, Math.min(1, ((x - tip[0]) * dx + (y - tip[1]) * dy) / length));
        const off = Math.hypot(x - tip[0] - dx * along, y - tip[1] - dy * along);
        const covered = Math.max(0, Math.min(1, thick / 2 - off + 0.5));
        if (covered === 0) continue;
        const round = 1 - 0.35 * (off / (thick / 2)) ** 2;
        const at = (y * widthPx + x) * 3;
        [214, 164, 138].forEach((skin, part) => {
          rgb[at + part] = (rgb[at + part] ?? 0) * (1 - covered) + skin * round * covered;
        });
      }
    }
  }
}

export function addLight({ widthPx, heightPx, rgb }: Canvas, { slope, tint, gain, shadow, glare }: Light): void {
  const turn = ((shadow?.angleDeg ?? 0) * Math.PI) / 180;
  const [nx, ny] = [Math.cos(turn), Math.sin(turn)];
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    const py = (y / heightPx) * 2 - 1;
    for (let x = 0; x < widthPx; x += 1, at += 3) {
      const px = (x / widthPx) * 2 - 1;
      let light = gain * (1 + slope[0] * px + slope[1] * py - 0.06 * (px * px + py * py));
      if (shadow) {
        const past = ((px - shadow.at) * nx + (py - shadow.at) * ny) * (widthPx / 2);
        light *= 1 - shadow.dark / (1 + Math.exp(-past / shadow.softPx));
      }
      let shine = 0;
      if (glare) {
        const off = Math.hypot(x - glare.x * widthPx, y - glare.y * heightPx) / glare.sizePx;
        shine = off < 3 ? glare.strength * Math.exp(-off * off) : 0;
      }
      for (let part = 0; part < 3; part += 1) {
        rgb[at + part] = (rgb[at + part] ?? 0) * light * (tint[part] ?? 1) + shine;
      }
    }
  }
}

/** Interference of print and sensor: fine coloured bands. */
export function addMoire({ widthPx, heightPx, rgb }: Canvas, strength: number, seed: number): void {
  const turn = (seed % 180) * (Math.PI / 180);
  const [kx, ky] = [Math.cos(turn) * 0.55, Math.sin(turn) * 0.55];
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, at += 3) {
      for (let part = 0; part < 3; part += 1) {
        const wave = Math.sin(x * kx + y * ky + part * 0.9 + 0.8 * Math.sin(x * 0.006));
        rgb[at + part] = (rgb[at + part] ?? 0) + strength * wave;
      }
    }
  }
}

/** Two box filters after each other in both directions: nearly a Gaussian of the given radius. */
export function blurred({ widthPx, heightPx, rgb }: Canvas, radiusPx: number): Canvas {
  const radius = Math.max(1, Math.round(radiusPx));
  let from = rgb;
  for (let round = 0; round < 2; round += 1) {
    from = box(from, { lines: heightPx, length: widthPx, lineStep: widthPx * 3, step: 3 }, radius);
    from = box(from, { lines: widthPx, length: heightPx, lineStep: 3, step: widthPx * 3 }, radius);
  }
  return { widthPx, heightPx, rgb: from };
}

interface Walk {
  readonly lines: number;
  readonly length: number;
  readonly lineStep: number;
  readonly step: number;
}

function box(from: Float32Array, { lines, length, lineStep, step }: Walk, radius: number): Float32Array {
  const to = new Float32Array(from.length);
  const share = 1 / (2 * radius + 1);
  for (let line = 0; line < lines; line += 1) {
    for (let part = 0; part < 3; part += 1) {
      const start = line * lineStep + part;
      const last = start + (length - 1) * step;
      let sum = 0;
      for (let i = -radius; i <= radius; i += 1) sum += from[Math.max(start, Math.min(last, start + i * step))] ?? 0;
      for (let at = start; at <= last; at += step) {
        to[at] = sum * share;
        sum += (from[Math.min(last, at + (radius + 1) * step)] ?? 0) - (from[Math.max(start, at - radius * step)] ?? 0);
      }
    }
  }
  return to;
}

export function addNoise({ widthPx, heightPx, rgb }: Canvas, level: number, random: () => number): RenderedScene {
  // A table of sums of uniform numbers: cheap, and near enough to what a sensor does.
  const table = Float32Array.from({ length: 65_536 }, () => (random() + random() + random() - 1.5) * 2 * level);
  const data = new Uint8Array(rgb.length);
  let state = Math.floor(random() * 0xffffffff) | 1;
  for (let i = 0; i < rgb.length; i += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    data[i] = Math.max(0, Math.min(255, Math.round((rgb[i] ?? 0) + (table[state & 65_535] ?? 0))));
  }
  return { widthPx, heightPx, data };
}
