import type { Scope } from '@anjuan/core';

/** From here on an upload costs a good part of a frame. */
const LARGE_PIXELS = 1_000_000;

interface PaintTask {
  readonly pixels: number;
  paint(): void;
}

/** Draws pictures in animation frames: small ones at once, of large ones one a frame, most important first. */
export class PaintQueue {
  readonly #tasks = new Map<string, PaintTask>();
  #frame = 0;

  constructor(scope: Scope) {
    scope.defer(() => {
      cancelAnimationFrame(this.#frame);
      this.#tasks.clear();
    });
  }

  /** A later picture of the same key replaces an earlier one. */
  add(key: string, task: PaintTask): void {
    this.#tasks.set(key, task);
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#run());
  }

  drop(key: string): void {
    this.#tasks.delete(key);
  }

  #run(): void {
    this.#frame = 0;
    let large = 0;
    for (const [key, task] of [...this.#tasks]) {
      if (task.pixels >= LARGE_PIXELS && large > 0) continue;
      if (task.pixels >= LARGE_PIXELS) large += 1;
      this.#tasks.delete(key);
      task.paint();
    }
    if (this.#tasks.size > 0 && this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#run());
  }
}
