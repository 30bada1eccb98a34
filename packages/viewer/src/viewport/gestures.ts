import type { Scope } from '@anjuan/core';

/** What gestures ask for. Points are CSS px from the upper left corner of the container. */
export interface GestureActions {
  zoomBy(factor: number, at: { readonly x: number; readonly y: number }): void;
  toggleZoom(at: { readonly x: number; readonly y: number }): void;
}

/** One wheel notch (100 px) zooms by about this factor. */
const NOTCH_FACTOR = 1.2;

/** Wheel with modifier, two fingers, double click, and dragging while panning is on (the element's keymap says when). */
export function installGestures(container: HTMLElement, scope: Scope, actions: GestureActions): Panning {
  installWheel(container, scope, actions);
  installPinch(container, scope, actions);
  scope.listen(container, 'dblclick', (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    // On text a double click selects the word; on headers and boxes it belongs to their controls.
    if (!target?.closest('.page') || target.closest('.page-state') || target.closest('.page-text > span')) return;
    document.getSelection()?.removeAllRanges();
    actions.toggleZoom(pointIn(container, event as MouseEvent));
  });
  return new Panning(container, scope);
}

function installWheel(container: HTMLElement, scope: Scope, actions: GestureActions): void {
  const onWheel = (event: Event): void => {
    const wheel = event as WheelEvent;
    if (!wheel.ctrlKey && !wheel.metaKey) return;
    wheel.preventDefault();
    const unit = wheel.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : wheel.deltaMode === 1 ? 33 : 400;
    const notches = Math.max(-3, Math.min(3, (-wheel.deltaY * unit) / 100));
    if (notches !== 0) actions.zoomBy(NOTCH_FACTOR ** notches, pointIn(container, wheel));
  };
  scope.listen(container, 'wheel', onWheel, { passive: false });
}

function installPinch(container: HTMLElement, scope: Scope, actions: GestureActions): void {
  let distance = 0;
  const spread = (touches: TouchList): { length: number; at: { x: number; y: number } } | undefined => {
    const [a, b] = [touches[0], touches[1]];
    if (touches.length !== 2 || a === undefined || b === undefined) return undefined;
    const middle = { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 };
    return { length: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), at: pointIn(container, middle) };
  };
  const onTouch = (event: Event): void => {
    const pinch = spread((event as TouchEvent).touches);
    if (pinch === undefined) {
      distance = 0;
      return;
    }
    // Two fingers are ours: otherwise the browser would zoom the whole host page.
    if (event.cancelable) event.preventDefault();
    if (event.type === 'touchmove' && distance > 0 && pinch.length > 0) {
      actions.zoomBy(pinch.length / distance, pinch.at);
    }
    distance = pinch.length;
  };
  for (const type of ['touchstart', 'touchmove', 'touchend', 'touchcancel']) {
    scope.listen(container, type, onTouch, { passive: false });
  }
}

/** Dragging the view with the pointer, while switched on. */
export class Panning {
  readonly #container: HTMLElement;
  #pointer: { readonly id: number; x: number; y: number } | undefined;
  #active = false;

  constructor(container: HTMLElement, scope: Scope) {
    this.#container = container;
    scope.listen(container, 'pointerdown', (event) => this.#down(event as PointerEvent));
    scope.listen(container, 'pointermove', (event) => this.#move(event as PointerEvent));
    for (const type of ['pointerup', 'pointercancel']) scope.listen(container, type, () => this.#up());
    scope.defer(() => this.set(false));
  }

  set(active: boolean): void {
    if (this.#active === active) return;
    this.#active = active;
    if (active) this.#container.dataset['panning'] = 'ready';
    else delete this.#container.dataset['panning'];
    if (!active) this.#pointer = undefined;
  }

  #down(event: PointerEvent): void {
    if (!this.#active || event.button !== 0) return;
    event.preventDefault();
    this.#pointer = { id: event.pointerId, x: event.clientX, y: event.clientY };
    this.#container.dataset['panning'] = 'drag';
    if (event.isTrusted) this.#container.setPointerCapture(event.pointerId);
  }

  #move(event: PointerEvent): void {
    const pointer = this.#pointer;
    if (pointer?.id !== event.pointerId) return;
    this.#container.scrollLeft -= event.clientX - pointer.x;
    this.#container.scrollTop -= event.clientY - pointer.y;
    pointer.x = event.clientX;
    pointer.y = event.clientY;
  }

  #up(): void {
    this.#pointer = undefined;
    if (this.#active) this.#container.dataset['panning'] = 'ready';
  }
}

function pointIn(container: HTMLElement, at: { clientX: number; clientY: number }): { x: number; y: number } {
  const box = container.getBoundingClientRect();
  return { x: at.clientX - box.left - container.clientLeft, y: at.clientY - box.top - container.clientTop };
}
