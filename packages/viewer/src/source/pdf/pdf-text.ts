import type { PageText, TextRun } from '@anjuan/core';
import type { PdfPageProxy } from './engine.js';

type TextContent = Awaited<ReturnType<PdfPageProxy['getTextContent']>>;
type Matrix = readonly [number, number, number, number, number, number];

const DEFAULT_ASCENT = 0.85;

/** Runs in points of the page as displayed, upper left origin. */
export function pageTextOf(pageIndex: number, content: TextContent, viewport: Matrix): PageText {
  const runs: TextRun[] = [];
  let text = '';
  for (const item of content.items) {
    if (!('str' in item)) continue;
    text += item.str + (item.hasEOL ? '\n' : '');
    if (item.str.trim() === '') continue;
    const ascent = content.styles[item.fontName]?.ascent;
    const box = runBox(
      multiply(viewport, item.transform as unknown as Matrix),
      item.width,
      item.height,
      viewport,
      ascent,
    );
    if (box !== undefined) runs.push({ text: item.str, ...box });
  }
  return { pageIndex, text, runs, source: runs.length > 0 ? 'pdf' : 'none' };
}

function runBox(
  placed: Matrix,
  width: number,
  height: number,
  viewport: Matrix,
  ascentOrNaN: number | undefined,
): { x: number; y: number; width: number; height: number } | undefined {
  const unit = Math.hypot(viewport[0], viewport[1]);
  const size = Math.hypot(placed[2], placed[3]) || height * unit;
  const ascent = ascentOrNaN !== undefined && ascentOrNaN > 0 && ascentOrNaN < 2 ? ascentOrNaN : DEFAULT_ASCENT;
  const angle = Math.atan2(placed[1], placed[0]);
  const along = { x: Math.cos(angle), y: Math.sin(angle) };
  // From the baseline up to the ascent, at a right angle to the writing direction.
  const up = { x: along.y * size * ascent, y: -along.x * size * ascent };
  const down = { x: -along.y * size * (1 - ascent), y: along.x * size * (1 - ascent) };
  const length = width * unit;
  const xs: number[] = [];
  const ys: number[] = [];
  for (const offset of [up, down]) {
    for (const reach of [0, length]) {
      xs.push(placed[4] + offset.x + along.x * reach);
      ys.push(placed[5] + offset.y + along.y * reach);
    }
  }
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  const box = { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
  return Object.values(box).every(Number.isFinite) && box.width > 0 && box.height > 0 ? box : undefined;
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[2] * b[1],
    a[1] * b[0] + a[3] * b[1],
    a[0] * b[2] + a[2] * b[3],
    a[1] * b[2] + a[3] * b[3],
    a[0] * b[4] + a[2] * b[5] + a[4],
    a[1] * b[4] + a[3] * b[5] + a[5],
  ];
}
