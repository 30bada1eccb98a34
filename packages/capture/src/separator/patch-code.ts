import type { RgbaRaster } from '../picture/raster.js';

/** Kodak's patch codes: four bars, read from the edge of the page that enters the scanner. */
export type PatchCode = '1' | '2' | '3' | '4' | '6' | 'T';

/** N narrow, W wide, from the edge inwards. @source Kodak publication A-61599 (Patch Code Information) */
const PATTERNS: Readonly<Record<PatchCode, string>> = {
  '1': 'WWNN',
  '2': 'WNNW',
  '3': 'WNWN',
  '4': 'NWWN',
  '6': 'NNWW',
  T: 'NWNW',
};
const BY_PATTERN = new Map(Object.entries(PATTERNS).map(([code, pattern]) => [pattern, code as PatchCode]));

/** Narrow bars and spaces are 0.08 inch, wide bars 0.2 inch. */
const NARROW_MM = 2.032;
const WIDE_MM = 5.08;

/** Bars to print: distance from the outer end of the code and thickness, millimetres. The whole code is 20.32 mm. */
export function patchBars(code: PatchCode): readonly { readonly fromMm: number; readonly heightMm: number }[] {
  let fromMm = 0;
  return [...PATTERNS[code]].map((width) => {
    const bar = { fromMm, heightMm: width === 'W' ? WIDE_MM : NARROW_MM };
    fromMm += bar.heightMm + NARROW_MM;
    return bar;
  });
}

/** Columns that are looked at, and how many neighbours must say the same: text and ruled forms never do. */
const COLUMNS = 40;
const AGREEING = 7;
/** Part of the page at either edge that may hold a code: 1.7 inch and more of A4 and A5. */
const BAND_SHARE = 0.3;

/**
 * The patch code at the upper edge of a page, or at the lower edge read from there, as on a sheet that lies upside down.
 * Undefined when there is none. Needs about 75 dpi; the page may be askew by 3 degrees.
 */
export function findPatchCode(picture: RgbaRaster): PatchCode | undefined {
  return findAtEdge(picture, 'upper') ?? findAtEdge(picture, 'lower');
}

function findAtEdge(picture: RgbaRaster, edge: 'upper' | 'lower'): PatchCode | undefined {
  let run: { readonly code: PatchCode; readonly start: number; readonly count: number } | undefined;
  for (let column = 0; column < COLUMNS; column += 1) {
    const x = Math.floor(((column + 0.5) / COLUMNS) * picture.widthPx);
    const found = findInRuns(runsOf(picture, x, edge), picture.heightPx);
    const goesOn =
      found && run?.code === found.code && Math.abs(run.start - found.start) < Math.max(2, found.narrow * 2);
    run = found && { code: found.code, start: found.start, count: goesOn ? (run?.count ?? 0) + 1 : 1 };
    if (run && run.count >= AGREEING) return run.code;
  }
  return undefined;
}

/** Lengths of white and black stretches of a column from the edge inwards, white first. */
function runsOf({ widthPx, heightPx, data }: RgbaRaster, x: number, edge: 'upper' | 'lower'): number[] {
  const band = Math.floor(heightPx * BAND_SHARE);
  const grayAt = (step: number): number =>
    data[((edge === 'upper' ? step : heightPx - 1 - step) * widthPx + x) * 4 + 1] ?? 255;
  let darkest = 255;
  let lightest = 0;
  for (let step = 0; step < band; step += 1) {
    darkest = Math.min(darkest, grayAt(step));
    lightest = Math.max(lightest, grayAt(step));
  }
  const threshold = (darkest + lightest) / 2;
  const runs: number[] = [];
  if (lightest - darkest < 64) return runs;
  let black = false;
  let length = 0;
  for (let step = 0; step < band; step += 1) {
    if (grayAt(step) < threshold === black) {
      length += 1;
      continue;
    }
    runs.push(length);
    black = !black;
    length = 1;
  }
  runs.push(length);
  return runs;
}

interface FoundPatch {
  readonly code: PatchCode;
  readonly start: number;
  readonly narrow: number;
}

function findInRuns(runs: readonly number[], heightPx: number): FoundPatch | undefined {
  let start = runs[0] ?? 0;
  // Black runs have odd places.
  for (let at = 1; at + 7 < runs.length; at += 2) {
    const found = patchAt(runs, at, heightPx);
    if (found) return { ...found, start };
    start += (runs[at] ?? 0) + (runs[at + 1] ?? 0);
  }
  return undefined;
}

function patchAt(runs: readonly number[], at: number, heightPx: number): Omit<FoundPatch, 'start'> | undefined {
  const spaces = [1, 3, 5].map((offset) => runs[at + offset] ?? 0);
  const narrow = spaces.reduce((sum, space) => sum + space, 0) / 3;
  // 2 mm on paper between A5 and A3; less is text, more is a picture.
  if (narrow < 3 || narrow < heightPx * 0.004 || narrow > heightPx * 0.013) return undefined;
  if (spaces.some((space) => Math.abs(space - narrow) > narrow * 0.35)) return undefined;
  const pattern = [0, 2, 4, 6].map((offset) => widthClass((runs[at + offset] ?? 0) / narrow)).join('');
  const code = BY_PATTERN.get(pattern);
  const quiet = Math.min(runs[at - 1] ?? 0, runs[at + 7] ?? 0);
  return code && quiet >= narrow * 1.5 ? { code, narrow } : undefined;
}

function widthClass(share: number): string {
  if (share > 0.6 && share < 1.5) return 'N';
  return share > 1.9 && share < 3.3 ? 'W' : '?';
}
