import type { Ink } from './ink.js';
import { inkOutlines } from './outline.js';

const POINTS_PER_UNIT = 72 / 2540;

/**
 * The ink as operators of a PDF content stream: paths and one fill by the nonzero rule, in points from the lower left
 * corner of the pad. Colour and place are the caller's: `q 0 g 1 0 0 1 x y cm ... Q`.
 * @source ISO 32000-2 section 8.5
 */
export function inkToPdfContent(ink: Ink): string {
  const at = ([x, y]: readonly [number, number]): string =>
    `${decimal(x * POINTS_PER_UNIT)} ${decimal((ink.height - y) * POINTS_PER_UNIT)}`;
  const paths = inkOutlines(ink).map((polygon) =>
    polygon.map((point, index) => `${at(point)} ${index === 0 ? 'm' : 'l'}`).join('\n'),
  );
  return paths.length === 0 ? '' : `${paths.join('\nh\n')}\nh\nf\n`;
}

function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000 + 0);
}
