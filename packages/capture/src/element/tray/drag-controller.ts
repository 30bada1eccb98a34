import type { Scope } from '@anjuan/core';

/** Farther than this, a press is a drag. */
const MOVE_PX = 6;
/** A finger must rest this long first: before that it scrolls the tray. */
const TOUCH_HOLD_MS = 280;

/** Where a dragged page would go. */
export interface DropPlace {
  readonly documentId: string;
  readonly before?: string;
}

/** What dragging works with. */
export interface DragParts {
  readonly scope: () => Scope;
  readonly root: () => ParentNode;
  readonly changed: () => void;
  readonly drop: (pageId: string, place: DropPlace) => void;
}

/** Reorders pages by pointer: mouse and pen at once, a finger after a short rest. Esc or a lost pointer changes nothing. */
export class DragController {
  readonly #parts: DragParts;
  #gesture: Scope | undefined;
  #dragged: string | undefined;
  #place: DropPlace | undefined;

  constructor(parts: DragParts) {
    this.#parts = parts;
  }

  /** The page under the pointer. */
  get dragged(): string | undefined {
    return this.#dragged;
  }

  /** Where it would be put down. */
  get place(): DropPlace | undefined {
    return this.#place;
  }

  begin(event: PointerEvent, pageId: string): void {
    if (event.button !== 0 || this.#gesture) return;
    const gesture = this.#parts.scope().child();
    this.#gesture = gesture;
    const start = { x: event.clientX, y: event.clientY };
    const isTouch = event.pointerType === 'touch';
    const lift = (): void => {
      this.#dragged = pageId;
      this.#parts.changed();
    };
    if (isTouch) gesture.timeout(lift, TOUCH_HOLD_MS);
    const follow = (moved: PointerEvent): void => {
      if (moved.pointerId !== event.pointerId) return;
      const far = Math.hypot(moved.clientX - start.x, moved.clientY - start.y) > MOVE_PX;
      if (this.#dragged === undefined && far) {
        if (isTouch) return this.#end();
        lift();
      }
      if (this.#dragged !== undefined) this.#hover(moved);
    };
    gesture.listen(window, 'pointermove', (moved) => follow(moved as PointerEvent));
    gesture.listen(window, 'pointerup', (ended) => this.#release(ended as PointerEvent, event.pointerId));
    gesture.listen(window, 'pointercancel', () => this.#end());
    gesture.listen(window, 'keydown', (pressed) => {
      if ((pressed as KeyboardEvent).key === 'Escape') this.#end();
    });
    // While a page is lifted, the finger moves it and not the tray.
    gesture.listen(window, 'touchmove', (moved) => this.#dragged !== undefined && moved.preventDefault(), {
      passive: false,
    });
  }

  #release(event: PointerEvent, pointerId: number): void {
    if (event.pointerId !== pointerId) return;
    const [pageId, place] = [this.#dragged, this.#place];
    this.#end();
    if (pageId !== undefined && place) this.#parts.drop(pageId, place);
  }

  #hover(event: PointerEvent): void {
    const place = this.#placeAt(event.clientX, event.clientY);
    if (JSON.stringify(place) === JSON.stringify(this.#place)) return;
    this.#place = place;
    this.#parts.changed();
  }

  /** Before the page whose nearer half is on the left, else behind it. */
  #placeAt(x: number, y: number): DropPlace | undefined {
    const tiles = [...this.#parts.root().querySelectorAll<HTMLElement>('[data-page-id]')];
    const boxes = tiles.map((tile) => ({ tile, box: tile.getBoundingClientRect() }));
    const row = boxes.filter(({ box }) => y >= box.top && y <= box.bottom);
    const candidates = row.length > 0 ? row : boxes;
    const nearest = candidates.reduce<(typeof boxes)[number] | undefined>((best, here) => {
      const away = Math.abs(here.box.left + here.box.width / 2 - x);
      return !best || away < Math.abs(best.box.left + best.box.width / 2 - x) ? here : best;
    }, undefined);
    if (!nearest) return undefined;
    const { pageId, documentId } = nearest.tile.dataset;
    if (pageId === undefined || documentId === undefined) return undefined;
    const before = x < nearest.box.left + nearest.box.width / 2;
    if (before) return { documentId, before: pageId };
    const next = tiles[tiles.indexOf(nearest.tile) + 1];
    const nextId = next?.dataset['documentId'] === documentId ? next.dataset['pageId'] : undefined;
    return { documentId, ...(nextId === undefined ? {} : { before: nextId }) };
  }

  #end(): void {
    this.#gesture?.dispose();
    this.#gesture = undefined;
    const was = this.#dragged !== undefined;
    this.#dragged = undefined;
    this.#place = undefined;
    if (was) this.#parts.changed();
  }
}
