import type { Kernels } from '../kernels/kernels.js';
import type { QualityFinding } from '../recipe/types.js';
import { flattenGray } from '../clean/flatten.js';
import { checkBlank, inkOf } from './blank.js';
import { checkBlur } from './blur.js';
import { checkCutEdge, type PagePlace } from './cut-edge.js';
import { checkDark, checkResolution, checkSkew } from './exposure.js';
import { checkGlare } from './glare.js';
import { checkMoire } from './moire.js';
import type { PageLook } from './page-look.js';

/** What is known of a page when it is checked. */
export interface CheckInput {
  readonly look: PageLook;
  /** Pixels an inch that the master has of this page. */
  readonly dpi: number;
  /** Turn that the text still needs, degrees. */
  readonly residualSkewDeg: number;
  /** Absent for a picture that is all page (scanner, import). */
  readonly place?: PagePlace;
  /** A card: the desk shows in its corners and is no print that runs over the edge. Default `false`. */
  readonly roundCorners?: boolean;
}

/** Paper at this level keeps both halves of the waves on it. */
const JUDGED_WHITE = 215;

/** All checks of one page; each finding with what was measured and the limit it broke. Duplicates: `comparePages`. */
export function checkPage(
  kernels: Kernels,
  { look, dpi, residualSkewDeg, place, roundCorners = false }: CheckInput,
): QualityFinding[] {
  const flat = flattenGray(kernels, look.gray, { white: JUDGED_WHITE });
  const ink = inkOf(kernels, flat, look.dpi);
  const blank = checkBlank(ink, look.dpi);
  const dark = checkDark(look);
  const findings = [
    blank,
    // Without light or print nothing can be told of focus.
    blank || dark ? undefined : checkBlur(kernels, look),
    checkGlare(kernels, look),
    checkCutEdge(ink, look.dpi, { place, roundCorners }),
    checkMoire(flat),
    checkSkew(residualSkewDeg),
    dark,
    checkResolution(dpi),
  ];
  return findings.filter((finding) => finding !== undefined);
}
