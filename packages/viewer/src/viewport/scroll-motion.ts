/** View heights a second above which nothing but thumbnails is worth loading. */
const FLING_SPEED = 6;
/** Without a scroll event for so long, the view is at rest. */
export const REST_MS = 110;

/** Direction and speed of scrolling, from scroll events. */
export class ScrollMotion {
  #top = 0;
  #at = 0;
  #speed = 0;
  #direction: 1 | -1 = 1;

  get direction(): 1 | -1 {
    return this.#direction;
  }

  get flinging(): boolean {
    return this.#speed > FLING_SPEED;
  }

  /** A scroll by the reader. */
  moved(scrollTop: number, viewHeight: number, now: number): void {
    const delta = scrollTop - this.#top;
    const elapsed = Math.max(1, now - this.#at);
    const speed = Math.abs(delta) / Math.max(1, viewHeight) / (elapsed / 1000);
    // The first event after a rest says nothing about speed: one wheel notch is not a fling.
    this.#speed = elapsed > REST_MS ? 0 : this.#speed * 0.5 + speed * 0.5;
    if (delta !== 0) this.#direction = delta > 0 ? 1 : -1;
    this.#top = scrollTop;
    this.#at = now;
  }

  /** A jump by program, or the end of a movement. */
  rest(scrollTop: number, now: number): void {
    this.#top = scrollTop;
    this.#at = now;
    this.#speed = 0;
  }
}
