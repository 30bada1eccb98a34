import type { Kernels } from '../kernels/kernels.js';

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Grey closing with a square of `2 * radius + 1`: text and thin dark lines vanish, the edges of pages stay in place. */
export function closeDark(
  kernels: Kernels,
  plane: Uint8Array,
  { widthPx, heightPx }: Size,
  radius: number,
): Uint8Array {
  if (kernels.kind === 'wasm') {
    return kernels.arena.use((wasm, arena) => {
      const source = arena.put(plane);
      const work = wasm.reserve(plane.length);
      wasm.closeDark(source, work, widthPx, heightPx, radius);
      return arena.take(source, plane.length);
    });
  }
  const result = plane.slice();
  const work = new Uint8Array(plane.length);
  slide(result, work, { lines: heightPx, length: widthPx, lineStep: widthPx, step: 1 }, radius, Math.max);
  slide(work, result, { lines: widthPx, length: heightPx, lineStep: 1, step: widthPx }, radius, Math.max);
  slide(result, work, { lines: heightPx, length: widthPx, lineStep: widthPx, step: 1 }, radius, Math.min);
  slide(work, result, { lines: widthPx, length: heightPx, lineStep: 1, step: widthPx }, radius, Math.min);
  return result;
}

interface Walk {
  readonly lines: number;
  readonly length: number;
  readonly lineStep: number;
  readonly step: number;
}

function slide(
  from: Uint8Array,
  to: Uint8Array,
  { lines, length, lineStep, step }: Walk,
  radius: number,
  pick: (a: number, b: number) => number,
): void {
  for (let line = 0; line < lines; line += 1) {
    for (let i = 0; i < length; i += 1) {
      const last = Math.min(length - 1, i + radius);
      let value = from[line * lineStep + i * step] ?? 0;
      for (let j = Math.max(0, i - radius); j <= last; j += 1) {
        value = pick(value, from[line * lineStep + j * step] ?? 0);
      }
      to[line * lineStep + i * step] = value;
    }
  }
}
