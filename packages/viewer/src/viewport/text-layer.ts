import type { PageText, RotationDeg, TextRun } from '@anjuan/core';
import type { PageRect } from './types.js';

/** Layer units per point: large enough that no browser's minimum font size interferes. */
const UNITS_PER_PT = 4;

/** What stands between a span's text and the one before it when text is copied. */
const joins = new WeakMap<Element, '' | ' ' | '\n'>();

export function joinBefore(span: Element): '' | ' ' | '\n' {
  return joins.get(span) ?? '\n';
}

/** Fills a layer with transparent spans that lie on the page's glyphs. Returns the number of elements. */
export function fillTextLayer(layer: HTMLElement, text: PageText): number {
  const measure = document.createElement('canvas').getContext('2d');
  const fragment = document.createDocumentFragment();
  let before: TextRun | undefined;
  for (const run of text.runs) {
    const span = document.createElement('span');
    span.textContent = run.text;
    joins.set(span, before === undefined ? '' : joinOf(before, run));
    placeSpan(span, run, measure);
    fragment.append(span);
    before = run;
  }
  layer.replaceChildren(fragment);
  return text.runs.length;
}

/** Boxes over the page, for example search hits. */
export function fillMarks(
  layer: HTMLElement,
  rects: readonly PageRect[],
  options: { readonly current: boolean },
): void {
  for (const rect of rects) {
    const mark = document.createElement('div');
    mark.className = 'page-mark';
    mark.toggleAttribute('data-current', options.current);
    setBox(mark, rect);
    mark.style.width = units(rect.width);
    mark.style.height = units(rect.height);
    layer.append(mark);
  }
}

/** Lays a layer, made in the file's own page space, over the page as the reader has turned and zoomed it. */
export function placeLayer(
  layer: HTMLElement,
  box: { readonly width: number; readonly height: number; readonly scale: number },
  readerRotationDeg: RotationDeg,
): void {
  const upright = readerRotationDeg % 180 === 0;
  const toUnits = UNITS_PER_PT / box.scale;
  layer.style.width = `${(upright ? box.width : box.height) * toUnits}px`;
  layer.style.height = `${(upright ? box.height : box.width) * toUnits}px`;
  const x = readerRotationDeg === 90 || readerRotationDeg === 180 ? box.width : 0;
  const y = readerRotationDeg === 180 || readerRotationDeg === 270 ? box.height : 0;
  layer.style.transform = `translate(${x}px, ${y}px) rotate(${readerRotationDeg}deg) scale(${1 / toUnits})`;
}

function placeSpan(span: HTMLElement, run: TextRun, measure: CanvasRenderingContext2D | null): void {
  setBox(span, run);
  const vertical = run.height > run.width * 1.8 && run.text.length > 1;
  const size = (vertical ? run.width : run.height) * UNITS_PER_PT;
  const length = (vertical ? run.height : run.width) * UNITS_PER_PT;
  span.style.fontSize = `${size}px`;
  if (vertical) span.style.writingMode = 'vertical-rl';
  if (measure === null) return;
  measure.font = `${size}px sans-serif`;
  const natural = measure.measureText(run.text).width;
  if (natural > 0) span.style.transform = vertical ? `scaleY(${length / natural})` : `scaleX(${length / natural})`;
}

function setBox(element: HTMLElement, rect: PageRect): void {
  element.style.left = units(rect.x);
  element.style.top = units(rect.y);
}

function units(pt: number): string {
  return `${Math.round(pt * UNITS_PER_PT * 100) / 100}px`;
}

function joinOf(before: TextRun, run: TextRun): '' | ' ' | '\n' {
  const lineHeight = Math.min(before.height, run.height);
  const middle = run.y + run.height / 2 - (before.y + before.height / 2);
  if (Math.abs(middle) > lineHeight * 0.5) return '\n';
  const gap = run.x - (before.x + before.width);
  return gap > lineHeight * 0.2 || gap < -lineHeight ? ' ' : '';
}
