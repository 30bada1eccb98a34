import {
  captureAnchor,
  scrollToAnchor,
  SPACING,
  type IndexRange,
  type LayoutAnchor,
  type RecordLayout,
} from '../layout/index.js';
import type { GoToOptions } from './types.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface ScrollWindow {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly bottom: number;
}

/** Scroll offsets of the container: reading, jumping, and keeping a point of the record in place. */
export class Scroller {
  readonly #container: HTMLElement;
  /** Repeated zooming about one point must not drift: the anchor of the first step is kept. */
  #held:
    { readonly anchor: LayoutAnchor; readonly point: Point; readonly top: number; readonly left: number } | undefined;

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  get window(): ScrollWindow {
    const { scrollTop, scrollLeft, clientWidth, clientHeight } = this.#container;
    return {
      top: scrollTop,
      left: scrollLeft,
      width: clientWidth,
      height: clientHeight,
      bottom: scrollTop + clientHeight,
    };
  }

  /** The point of the record that lies under a point of the view now. */
  hold(layout: RecordLayout, point: Point): LayoutAnchor {
    const { scrollTop, scrollLeft } = this.#container;
    const held = this.#held;
    const same =
      held !== undefined &&
      Math.hypot(held.point.x - point.x, held.point.y - point.y) < 1 &&
      Math.abs(held.top - scrollTop) < 1 &&
      Math.abs(held.left - scrollLeft) < 1;
    return same ? held.anchor : captureAnchor(layout, { scrollTop, scrollLeft, ...point });
  }

  /** Scrolls so that the anchor lies under the point again. */
  restore(layout: RecordLayout, anchor: LayoutAnchor, point: Point): void {
    const { scrollTop, scrollLeft } = scrollToAnchor(layout, anchor, point);
    this.to(scrollTop, scrollLeft);
    this.#held = { anchor, point, top: this.#container.scrollTop, left: this.#container.scrollLeft };
  }

  to(top: number, left?: number): void {
    this.#container.scrollTop = top;
    if (left !== undefined) this.#container.scrollLeft = left;
    this.#held = undefined;
  }

  /** To a page: its document's first page with the header in its natural place, others just below the sticky header. */
  toPage(layout: RecordLayout, pageIndex: number, { anchor }: GoToOptions): void {
    const page = layout.page(pageIndex);
    const documentIndex = layout.documentOf(pageIndex);
    const own: IndexRange = layout.pagesOf(documentIndex);
    const { width, height } = this.window;
    if (anchor === undefined && own.first === pageIndex) {
      this.to(layout.document(documentIndex).top, centred(page.left, page.width, width));
      return;
    }
    const point = anchor ?? { x: 0, y: 0 };
    const room = anchor === undefined ? SPACING.pageGap / 2 : Math.min(96, height / 5);
    const top = page.top + point.y * page.height - layout.headerHeight - room;
    const x = page.left + point.x * page.width;
    const left = page.width <= width || anchor === undefined ? centred(page.left, page.width, width) : x - width / 4;
    this.to(top, left);
  }
}

function centred(left: number, length: number, view: number): number {
  // A page wider than the view starts at its left edge.
  return length > view ? left - SPACING.sideNarrow : left + length / 2 - view / 2;
}
