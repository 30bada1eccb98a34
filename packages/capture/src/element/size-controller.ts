import { Scope } from '@anjuan/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** `narrow`: tray as a strip above the bar; `wide`: picture left, tray right. */
export type CaptureLayout = 'narrow' | 'wide';

const WIDE_PX = 760;

/** Follows the width of the element itself: it may live in a side panel of a large screen. */
export class SizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #scope = new Scope();
  layout: CaptureLayout = 'wide';

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#scope = new Scope();
    const observer = new ResizeObserver((entries) => {
      const width = entries.at(-1)?.contentRect.width;
      if (width !== undefined && width > 0) this.#set(width);
    });
    this.#scope.defer(() => observer.disconnect());
    observer.observe(this.#host);
    const { width } = this.#host.getBoundingClientRect();
    if (width > 0) this.layout = layoutFor(width);
  }

  hostDisconnected(): void {
    this.#scope.dispose();
  }

  #set(widthPx: number): void {
    const layout = layoutFor(widthPx);
    if (layout === this.layout) return;
    this.layout = layout;
    this.#host.requestUpdate();
  }
}

function layoutFor(widthPx: number): CaptureLayout {
  return widthPx < WIDE_PX ? 'narrow' : 'wide';
}
