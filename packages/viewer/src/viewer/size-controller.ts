import { Scope } from '@anjuan/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** `panel`: 400 px and less, no title. `narrow`: drawer and bottom bar. `medium`: few tools. `wide`: everything. */
export type ViewerLayout = 'panel' | 'narrow' | 'medium' | 'wide';

export function layoutForWidth(widthPx: number): ViewerLayout {
  if (widthPx <= 400) return 'panel';
  if (widthPx < 600) return 'narrow';
  return widthPx < 1000 ? 'medium' : 'wide';
}

/** Follows the width of the element itself: it may live in a side panel of a large screen. */
export class SizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #scope = new Scope();
  layout: ViewerLayout = 'wide';

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** True when the rail is a drawer and the tools are at the bottom. */
  get compact(): boolean {
    return this.layout === 'panel' || this.layout === 'narrow';
  }

  hostConnected(): void {
    this.#scope = new Scope();
    const observer = new ResizeObserver((entries) => {
      const width = entries[entries.length - 1]?.contentRect.width;
      if (width !== undefined && width > 0) this.#set(layoutForWidth(width));
    });
    this.#scope.defer(() => observer.disconnect());
    observer.observe(this.#host);
    const width = this.#host.getBoundingClientRect().width;
    if (width > 0) this.layout = layoutForWidth(width);
  }

  hostDisconnected(): void {
    this.#scope.dispose();
  }

  #set(layout: ViewerLayout): void {
    if (layout === this.layout) return;
    this.layout = layout;
    this.#host.requestUpdate();
  }
}
