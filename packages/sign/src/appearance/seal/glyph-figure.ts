import type { Matrix } from '../form/form-canvas.js';
import type { PathStep, SignatureFont } from '../font/signature-font.js';
import type { SealFigure } from './seal.js';

/** Moves, turns and scales the points of a path. */
export function transformed(steps: readonly PathStep[], [a, b, c, d, e, f]: Matrix): readonly PathStep[] {
  return steps.map((step) => {
    if (step[0] === 'Z') return step;
    const [kind, ...ends] = step;
    const moved = ends.map((end, index) => {
      const [x, y] = index % 2 === 0 ? [end, ends[index + 1] ?? 0] : [ends[index - 1] ?? 0, end];
      return index % 2 === 0 ? a * x + c * y + e : b * x + d * y + f;
    });
    return [kind, ...moved] as unknown as PathStep;
  });
}

/** Body of a Chinese character over its em square: from a little under the baseline to the top of the square. */
const MIDDLE_EM = 0.38;

/** One character whose square is `width` x `height` mm around a point, turned by `direction` (radians). */
export function glyphFigure(
  font: SignatureFont,
  character: string,
  place: { readonly x: number; readonly y: number; readonly direction: number },
  width: number,
  height: number,
): SealFigure {
  const glyph = font.glyph(character.codePointAt(0) ?? 0);
  const em = font.unitsPerEm;
  const cos = Math.cos(place.direction);
  const sin = Math.sin(place.direction);
  const across = width / em;
  const up = height / em;
  const [left, low] = [(-glyph.advance / 2) * across, -MIDDLE_EM * em * up];
  const matrix: Matrix = [
    ...[cos * across, sin * across, -sin * up, cos * up],
    ...[place.x + cos * left - sin * low, place.y + sin * left + cos * low],
  ] as unknown as Matrix;
  return { steps: transformed(glyph.outline, matrix) };
}
