import type { InkStroke } from './ink.js';
import { outlinesOf, strokeOutlines, type OutlinePoint } from './outline.js';
import type { NibPoint } from './nib.js';

/** Either kind of 2D context. */
export type InkContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Fills one finished stroke. The context is scaled so that its unit is a hundredth of a millimetre. */
export function drawStroke(context: InkContext, stroke: InkStroke, padWidth: number): void {
  fill(context, strokeOutlines(stroke, padWidth));
}

/** Fills a part of a centre line. */
export function drawLine(context: InkContext, points: readonly NibPoint[]): void {
  fill(context, outlinesOf(points));
}

function fill(context: InkContext, polygons: readonly (readonly OutlinePoint[])[]): void {
  context.beginPath();
  for (const polygon of polygons) {
    for (const [index, [x, y]] of polygon.entries()) {
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.closePath();
  }
  context.fill('nonzero');
}
