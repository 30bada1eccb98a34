import { Scope } from '@anjuan/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Tells when pictures have to be drawn anew: another size or resolution, back from sleep or a lost context. */
export class ScreenController implements ReactiveController {
  readonly #paper: () => HTMLElement | null;
  readonly #redraw: () => void;
  #scope = new Scope();
  #watched: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost, paper: () => HTMLElement | null, redraw: () => void) {
    this.#paper = paper;
    this.#redraw = redraw;
    host.addController(this);
  }

  hostUpdated(): void {
    const paper = this.#paper();
    if (!paper || paper === this.#watched) return;
    this.#watched = paper;
    const scope = (this.#scope = new Scope());
    const observer = new ResizeObserver(this.#redraw);
    scope.defer(() => observer.disconnect());
    observer.observe(paper);
    for (const canvas of paper.querySelectorAll('canvas')) scope.listen(canvas, 'contextrestored', this.#redraw);
    scope.listen(document, 'visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#redraw();
    });
    this.#watchResolution(scope);
  }

  hostDisconnected(): void {
    this.#scope.dispose();
    this.#watched = undefined;
  }

  #watchResolution(scope: Scope): void {
    const stop = scope.listen(matchMedia(`(resolution: ${devicePixelRatio}dppx)`), 'change', () => {
      stop();
      this.#redraw();
      this.#watchResolution(scope);
    });
  }
}
