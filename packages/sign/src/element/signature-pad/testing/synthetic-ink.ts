import type { Ink, InkSample } from '../../../ink/ink.js';

/** Points of a made-up hand, in shares of the sheet: loops along the writing line. No person writes like this. */
function handAt(at: number, row: number): readonly [number, number] {
  const angle = at * Math.PI * (6 + row);
  return [0.12 + 0.7 * at + 0.05 * Math.sin(angle), 0.52 + 0.16 * Math.cos(angle * 0.9 + row) + 0.04 * Math.sin(row)];
}

/** Samples of one synthetic stroke at 200 reports a second. */
export function syntheticSamples(
  options: {
    readonly count?: number;
    readonly width?: number;
    readonly height?: number;
    readonly row?: number;
    readonly startUs?: number;
    readonly pressure?: boolean;
  } = {},
): InkSample[] {
  const { count = 120, width = 16_000, height = 6_400, row = 0, startUs = 0, pressure = true } = options;
  return Array.from({ length: count }, (_, index): InkSample => {
    const [x, y] = handAt(index / count, row);
    const f = Math.round(65535 * (0.25 + 0.6 * Math.abs(Math.sin((index / count) * Math.PI * 5))));
    return {
      x: Math.round(x * width),
      y: Math.round(y * height),
      t: startUs + index * 5000,
      ...(pressure ? { f } : {}),
    };
  });
}

/** A whole synthetic signature. */
export function syntheticInk(options: { readonly strokes?: number; readonly pressure?: boolean } = {}): Ink {
  const { strokes = 3, pressure = true } = options;
  const [width, height] = [16_000, 6_400];
  return {
    schema: 'ink/1',
    width,
    height,
    device: { kind: pressure ? 'pen' : 'mouse' },
    strokes: Array.from({ length: strokes }, (_, row) => ({
      samples: syntheticSamples({ width, height, row, startUs: row * 700_000, pressure }),
    })),
  };
}
