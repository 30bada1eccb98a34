import { rotation } from '../clean/matrix.js';
import { findOrientation } from '../clean/orientation.js';
import { findLines, skewOf } from '../clean/skew.js';
import { resampleGray, type PixelSize } from '../clean/warp.js';
import { toGray } from '../kernels/gray.js';
import type { Kernels } from '../kernels/kernels.js';
import type { PageLook } from '../quality/page-look.js';
import type { QuarterTurn } from '../recipe/types.js';
import type { PagePlan } from './page-plan.js';
import type { DecodedPicture } from './picture-codec.js';
import { renderColour } from './render.js';

/** Half of A4 at 300 dpi: enough for everything that is measured. */
const LOOK_PX = 1754;
/** Pages are turned by themselves up to here; beyond, the text is meant to be slanted. */
const MAX_DESKEW_DEG = 5;
/** Less is not worth the soft edges. */
const LEAST_DESKEW_DEG = 0.1;
/** Lines more slanted than this run into each other when stops are looked for. */
const LEVEL_DEG = 0.7;

/** The page as it lies, for checks and for finding out how to turn it. */
export function lookAtPage(kernels: Kernels, decoded: DecodedPicture, plan: PagePlan): PageLook {
  const share = Math.min(1, LOOK_PX / Math.max(plan.size.widthPx, plan.size.heightPx));
  const pixels = (length: number): number => Math.max(2, Math.round(length * share));
  const size: PixelSize = { widthPx: pixels(plan.size.widthPx), heightPx: pixels(plan.size.heightPx) };
  const colour = renderColour(kernels, decoded, { ...plan, size }, { rotationDeg: 0, skewDeg: 0 });
  return { colour, gray: toGray(kernels, colour), dpi: plan.dpi * share };
}

/** How the text of a page stands. */
export interface FoundTurns {
  readonly rotationDeg: QuarterTurn;
  /** Turn to apply; 0 beyond 5 degrees. */
  readonly skewDeg: number;
  /** Turn that would level the text. */
  readonly textSkewDeg: number;
}

/** Finds the turns of a page, as far as `known` does not give them. */
export function findTurns(
  kernels: Kernels,
  { colour, gray }: PageLook,
  known: { readonly rotationDeg?: QuarterTurn | undefined; readonly skewDeg?: number | undefined },
): FoundTurns {
  const lines = findLines(kernels, gray);
  const textSkewDeg = skewOf(lines);
  const usable = Math.abs(textSkewDeg) >= LEAST_DESKEW_DEG && Math.abs(textSkewDeg) <= MAX_DESKEW_DEG;
  const skewDeg = known.skewDeg ?? (usable ? textSkewDeg : 0);
  if (known.rotationDeg !== undefined) return { rotationDeg: known.rotationDeg, skewDeg, textSkewDeg };
  if (Math.abs(textSkewDeg) < LEVEL_DEG) {
    return { rotationDeg: findOrientation(kernels, gray, lines).rotationDeg, skewDeg, textSkewDeg };
  }
  const centre = { x: gray.widthPx / 2, y: gray.heightPx / 2 };
  const level = resampleGray(kernels, colour, rotation(-textSkewDeg, centre), gray);
  return { rotationDeg: findOrientation(kernels, level).rotationDeg, skewDeg, textSkewDeg };
}
