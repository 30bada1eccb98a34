import type { HitRect, PageText, TextRun } from '@anjuan/core';
import { findFolded, foldText, type TextRange } from './fold-text.js';

const SNIPPET_BEFORE = 16;
const SNIPPET_AFTER = 28;
/** Stands between table cells: no query contains it, so no hit spans two cells. */
const CELL = '\u0001';

/** A hit on one page. */
export interface PageHit {
  readonly rects: readonly HitRect[];
  readonly snippet: string;
}

interface PlacedRun {
  readonly run: TextRun;
  /** Offset of its first character in the text of the page. */
  readonly start: number;
}

/** All hits of a folded query on one page, in reading order. */
export function findOnPage(page: PageText, query: string): readonly PageHit[] {
  const { text, runs } = joinRuns(page.runs);
  return findFolded(foldText(text), query).map((range) => ({
    rects: runs.flatMap((placed) => partOfRun(placed, range)),
    snippet: snippetOf(text, range),
  }));
}

function joinRuns(source: readonly TextRun[]): { readonly text: string; readonly runs: readonly PlacedRun[] } {
  const runs: PlacedRun[] = [];
  let text = '';
  let before: TextRun | undefined;
  for (const run of source) {
    if (before) text += joinOf(before, run);
    runs.push({ run, start: text.length });
    text += run.text;
    before = run;
  }
  return { text, runs };
}

function joinOf(before: TextRun, run: TextRun): string {
  const lineHeight = Math.min(before.height, run.height);
  const sink = run.y + run.height / 2 - (before.y + before.height / 2);
  if (Math.abs(sink) > lineHeight / 2) return '\n';
  const gap = run.x - (before.x + before.width);
  if (gap > lineHeight || gap < -lineHeight) return CELL;
  return gap > lineHeight * 0.2 ? ' ' : '';
}

/** The share of a run that a hit covers. Chinese characters are twice as wide as Latin ones. */
function partOfRun({ run, start }: PlacedRun, range: TextRange): readonly HitRect[] {
  const first = Math.max(0, range.start - start);
  const last = Math.min(run.text.length, range.end - start);
  if (last <= first) return [];
  const { x, y, width, height } = run;
  const upright = width >= height || run.text.length < 2;
  if (!upright) return [{ x, y, width, height }];
  const unit = width / Math.max(1, widthUnits(run.text));
  const left = x + widthUnits(run.text.slice(0, first)) * unit;
  return [{ x: left, y, width: widthUnits(run.text.slice(first, last)) * unit, height }];
}

function widthUnits(text: string): number {
  let units = 0;
  for (const char of text) units += char > '\u2e7f' ? 2 : 1;
  return units;
}

function snippetOf(text: string, { start, end }: TextRange): string {
  const left = Math.max(0, start - SNIPPET_BEFORE);
  const right = Math.min(text.length, end + SNIPPET_AFTER);
  const middle = text.slice(left, right).replaceAll(CELL, ' ').replace(/\s+/g, ' ').trim();
  return `${left > 0 ? '…' : ''}${middle}${right < text.length ? '…' : ''}`;
}
