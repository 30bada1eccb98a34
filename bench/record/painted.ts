import { probe, readProbe, type Rgb } from '@anjuan/fixtures';
import type { Pixels } from '../lib/screen.js';
import type { PageBox } from './arms.js';

/** Widths of the record's paper in points: A4, A3 and A5, upright and turned. */
const PAPER_WIDTHS_PT = { upright: [595.28, 841.89, 419.53], wide: [841.89, 1190.55, 595.28] } as const;
/** A sharp edge between two blocks is over after this many pixels; a stretched thumbnail needs more. */
const EDGE_PX = 3;

/**
 * True when the frame shows the page sharply: each block of its probe has its colour close to both edges.
 * A blurred stand-in does not count, nor does the page of another number.
 */
export function shows(pixels: Pixels, box: PageBox, pageNumber: number): boolean {
  const widths = PAPER_WIDTHS_PT[box.width > box.height ? 'wide' : 'upright'];
  return widths.some((widthPt) => readsAs(pixels, box, box.width / widthPt) === pageNumber);
}

/** The number that both edges of the blocks spell, were a point so many pixels. */
function readsAs(pixels: Pixels, box: PageBox, pxPerPt: number): number | undefined {
  const y = Math.round(box.y + (probe.yPt + probe.blockPt / 2) * pxPerPt);
  const near = Array.from({ length: probe.blocks }, (_unused, index) => {
    const left = box.x + (probe.xPt + index * probe.blockPt) * pxPerPt;
    return [left + EDGE_PX, left + probe.blockPt * pxPerPt - EDGE_PX] as const;
  });
  const [left, right] = [0, 1].map((side) => {
    const samples = near.map((edges) => colourAt(pixels, Math.round(edges[side] ?? 0), y));
    return readProbe(samples);
  });
  return left === right ? left : undefined;
}

function colourAt({ data, widthPx, heightPx }: Pixels, x: number, y: number): Rgb {
  if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) return [128, 128, 128];
  const at = (y * widthPx + x) * 3;
  return [data[at] ?? 128, data[at + 1] ?? 128, data[at + 2] ?? 128];
}
