import type { Point, Quad } from '../../picture/quad.js';
import type { RgbaRaster } from '../../picture/raster.js';

/** A flat colour, or one for each place. */
type Colour = readonly [number, number, number];

export interface DrawnPaper {
  readonly quad: Quad;
  readonly colour: Colour;
  /** Lines of print across the paper. */
  readonly printed?: boolean;
}

/** A small picture of papers on a desk, with a little noise; edges are soft by a pixel, corners exact. */
export function drawDesk(options: {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly desk: Colour;
  readonly papers: readonly DrawnPaper[];
  readonly seed?: number;
}): RgbaRaster {
  const { widthPx, heightPx, desk, papers } = options;
  const data = new Uint8Array(widthPx * heightPx * 4);
  let state = (options.seed ?? 1) * 2_654_435_761;
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, at += 4) {
      let colour: Colour = desk;
      for (const { quad, colour: paper, printed } of papers) {
        const covered = insideBy(quad, { x: x + 0.5, y: y + 0.5 });
        if (covered <= 0) continue;
        const ink = printed && covered > 14 && y % 12 < 4 && x % 5 !== 0 ? 0.3 : 1;
        colour = mix(colour, [paper[0] * ink, paper[1] * ink, paper[2] * ink], Math.min(1, covered));
      }
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      const noise = ((state >>> 24) - 128) / 50;
      for (let part = 0; part < 3; part += 1) {
        data[at + part] = Math.max(0, Math.min(255, Math.round((colour[part] ?? 0) + noise)));
      }
      data[at + 3] = 255;
    }
  }
  return { widthPx, heightPx, data };
}

function mix(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

/** Pixels from the nearest side, half a pixel more inside; negative outside. */
function insideBy(quad: Quad, { x, y }: Point): number {
  let least = Infinity;
  quad.forEach((a, i) => {
    const b = quad[(i + 1) % 4] ?? a;
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    least = Math.min(least, ((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)) / length);
  });
  return least + 0.5;
}
