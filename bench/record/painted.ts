import { probe, readProbe, type Rgb } from '@anjuan/fixtures';
import type { Pixels } from '../lib/screen.js';
import type { PageBox } from './arms.js';

/** Sides of a bench page in points: all pages are A4, most of them upright. */
const A4_PT = { short: 595.28, long: 841.89 } as const;
/** A sharp edge between two blocks is over after this many pixels; a stretched thumbnail needs more. */
const EDGE_PX = 3;

/**
 * True when the frame shows the page sharply: each block of its probe has its colour close to both edges.
 * A blurred stand-in does not count, nor does the page of another number.
 */
export function shows(pixels: Pixels, box: PageBox, pageNumber: number): boolean {
  const pxPerPt = box.width / (box.width > box.height ? A4_PT.long : A4_PT.short);
  const y = Math.round(box.y + (probe.yPt + probe.blockPt / 2) * pxPerPt);
  const near = Array.from({ length: probe.blocks }, (_unused, index) => {
    const left = box.x + (probe.xPt + index * probe.blockPt) * pxPerPt;
    return [left + EDGE_PX, left + probe.blockPt * pxPerPt - EDGE_PX] as const;
  });
  return [0, 1].every((side) => {
    const samples = near.map((edges) => colourAt(pixels, Math.round(edges[side] ?? 0), y));
    return readProbe(samples) === pageNumber;
  });
}

function colourAt({ data, widthPx, heightPx }: Pixels, x: number, y: number): Rgb {
  if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) return [128, 128, 128];
  const at = (y * widthPx + x) * 3;
  return [data[at] ?? 128, data[at + 1] ?? 128, data[at + 2] ?? 128];
}
