import { AnjuanError, Scope } from '@anjuan/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RecordViewportApi } from '../viewport/types.js';
import { thumbnailGrid, type ThumbnailGrid } from './thumbnail-grid.js';

type ThumbnailsHost = ReactiveControllerHost & HTMLElement;

/** Draws the small pages that are in sight, and only those: a constant number of canvases for any record. */
export class ThumbnailsController implements ReactiveController {
  readonly #host: ThumbnailsHost;
  readonly #drawn = new Map<HTMLCanvasElement, AbortController>();
  #scope = new Scope();
  #stopSizing: (() => void) | undefined;
  #scroller: HTMLElement | undefined;
  #focusedIndex: number | undefined;
  viewport: RecordViewportApi | undefined;

  constructor(host: ThumbnailsHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#scope = new Scope();
  }

  hostDisconnected(): void {
    this.release();
    this.#scope.dispose();
  }

  /** Gives up everything drawn: the record is gone. */
  release(): void {
    for (const abort of this.#drawn.values()) abort.abort();
    this.#drawn.clear();
    this.#stopSizing?.();
    this.#stopSizing = undefined;
    this.#scroller = undefined;
    this.#focusedIndex = undefined;
    this.viewport = undefined;
  }

  grid(): ThumbnailGrid {
    return thumbnailGrid({
      count: this.viewport?.pageCount ?? 0,
      widthPx: this.#scroller?.clientWidth ?? 0,
      heightPx: this.#scroller?.clientHeight ?? 0,
      scrollTopPx: this.#scroller?.scrollTop ?? 0,
    });
  }

  /** The thumbnail that Tab reaches. */
  tabStop(currentIndex: number): number {
    return this.#focusedIndex ?? currentIndex;
  }

  hostUpdated(): void {
    const scroller = this.#host.shadowRoot?.querySelector<HTMLElement>('[data-widget="thumbnails"]') ?? undefined;
    if (scroller !== this.#scroller) this.#attach(scroller);
    this.#draw(scroller);
  }

  readonly onScroll = (): void => this.#host.requestUpdate();

  readonly onFocusOut = (): void => {
    this.#focusedIndex = undefined;
  };

  /** Arrow keys walk over the pages; Home and End go to the ends. Returns false for other keys. */
  move(key: string, fromIndex: number): boolean {
    const { columns, count } = this.grid();
    const targets: Record<string, number> = {
      ArrowRight: fromIndex + 1,
      ArrowLeft: fromIndex - 1,
      ArrowDown: fromIndex + columns,
      ArrowUp: fromIndex - columns,
      Home: 0,
      End: count - 1,
    };
    const target = targets[key];
    if (target === undefined) return false;
    if (target >= 0 && target < count) void this.#focus(target);
    return true;
  }

  /** Brings a page into sight unless the reader is walking over the thumbnails. */
  reveal(index: number): void {
    const scroller = this.#scroller;
    if (!scroller || this.#focusedIndex !== undefined) return;
    const { columns, rowHeightPx } = this.grid();
    const top = Math.floor(index / columns) * rowHeightPx;
    const below = top + rowHeightPx > scroller.scrollTop + scroller.clientHeight;
    if (top < scroller.scrollTop || below) scroller.scrollTop = Math.max(0, top - scroller.clientHeight / 3);
  }

  async #focus(index: number): Promise<void> {
    this.#focusedIndex = undefined;
    this.reveal(index);
    this.#focusedIndex = index;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#scroller?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
  }

  #attach(scroller: HTMLElement | undefined): void {
    this.#stopSizing?.();
    this.#stopSizing = undefined;
    this.#scroller = scroller;
    if (!scroller) return;
    const observer = new ResizeObserver(() => this.#host.requestUpdate());
    this.#stopSizing = this.#scope.defer(() => observer.disconnect());
    observer.observe(scroller);
  }

  #draw(scroller: HTMLElement | undefined): void {
    const present = new Set(scroller?.querySelectorAll('canvas') ?? []);
    for (const [canvas, abort] of this.#drawn) {
      if (present.has(canvas)) continue;
      abort.abort();
      canvas.width = canvas.height = 0;
      this.#drawn.delete(canvas);
    }
    for (const canvas of present) if (!this.#drawn.has(canvas)) void this.#drawOne(canvas);
  }

  async #drawOne(canvas: HTMLCanvasElement): Promise<void> {
    const abort = new AbortController();
    this.#drawn.set(canvas, abort);
    const index = Number(canvas.dataset['page']);
    const address = this.viewport?.addressOf(index);
    if (!this.viewport || !address) return;
    try {
      await this.viewport.drawThumbnail({ ...address, canvas, signal: abort.signal });
      canvas.dataset['state'] = 'ready';
    } catch (error) {
      // The page itself shows why it failed; the small one stays a blank sheet with its number.
      if (!AnjuanError.is(error, 'aborted')) canvas.dataset['state'] = 'error';
    }
  }
}
