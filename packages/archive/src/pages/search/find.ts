import type { PageText, TextRun } from '@anjuan/core';
import type { RecordHit } from '../../service/page-service.js';
import type { FoldedPage } from './folded-page.js';

type Rect = RecordHit['rects'][number];

const SNIPPET_BEFORE = 16;
const SNIPPET_AFTER = 28;

/** All hits of a folded query on one page, in reading order. */
export function findOnPage(
  page: PageText,
  folded: FoldedPage,
  query: string,
): readonly { rects: readonly Rect[]; snippet: string }[] {
  const hits: { rects: readonly Rect[]; snippet: string }[] = [];
  for (
    let start = folded.folded.indexOf(query);
    start >= 0;
    start = folded.folded.indexOf(query, start + query.length)
  ) {
    const end = start + query.length;
    hits.push({ rects: rectsOf(page, folded, start, end), snippet: snippetOf(page, folded, start, end) });
  }
  return hits;
}

/** One rectangle for each run that the hit touches. */
function rectsOf(page: PageText, folded: FoldedPage, start: number, end: number): readonly Rect[] {
  const rects: Rect[] = [];
  for (let index = start; index < end;) {
    const runIndex = folded.runOf[index] ?? 0;
    let last = index;
    while (last + 1 < end && folded.runOf[last + 1] === runIndex) last += 1;
    const run = page.runs[runIndex];
    if (run) rects.push(partOfRun(run, folded.charOf[index] ?? 0, folded.charOf[last] ?? 0));
    index = last + 1;
  }
  return rects;
}

/** Share of a run between two characters, both included. Chinese characters are twice as wide as Latin ones. */
function partOfRun(run: TextRun, first: number, last: number): Rect {
  const { x, y, width, height } = run;
  const upright = width >= height || run.text.length < 2;
  if (!upright) return { x, y, width, height };
  const before = widthUnits(run.text.slice(0, first));
  const lastChar = String.fromCodePoint(run.text.codePointAt(last) ?? 32);
  const inside = widthUnits(run.text.slice(first, last)) + widthUnits(lastChar);
  const unit = width / Math.max(1, widthUnits(run.text));
  return { x: round(x + before * unit), y, width: round(inside * unit), height };
}

function widthUnits(text: string): number {
  let units = 0;
  for (const char of text) units += char > '\u2e7f' ? 2 : 1;
  return units;
}

function snippetOf(page: PageText, folded: FoldedPage, start: number, end: number): string {
  const from = positionOf(page, folded, start);
  const to = positionOf(page, folded, end - 1) + 1;
  const left = Math.max(0, from - SNIPPET_BEFORE);
  const right = Math.min(page.text.length, to + SNIPPET_AFTER);
  const text = page.text.slice(left, right).replace(/\s+/g, ' ').trim();
  return `${left > 0 ? '…' : ''}${text}${right < page.text.length ? '…' : ''}`;
}

/** Offset in `page.text`: its runs are joined by one character each. */
function positionOf(page: PageText, folded: FoldedPage, index: number): number {
  const runIndex = folded.runOf[index] ?? 0;
  let offset = 0;
  for (let before = 0; before < runIndex; before += 1) offset += (page.runs[before]?.text.length ?? 0) + 1;
  return offset + (folded.charOf[index] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
