import { render, svg, type SVGTemplateResult } from 'lit';
import { runsThrough, type AutoCaptureState } from '../../auto-capture/index.js';
import type { FoundPage } from '../../worker/protocol.js';

/**
 * What changes ten times a second: outlines of found pages and the ring of the shutter. It is painted past the
 * element's own rendering, so that a long tray costs nothing.
 */
export class LiveLayer {
  readonly #root: () => ParentNode | undefined;

  constructor(root: () => ParentNode | undefined) {
    this.#root = root;
  }

  /** Corners are shares of the frame; the view is `widthPx` by `heightPx`. */
  paint(
    pages: readonly FoundPage[],
    size: { readonly widthPx: number; readonly heightPx: number },
    auto: AutoCaptureState | undefined,
  ): void {
    const overlay = this.#root()?.querySelector<SVGElement>('[data-widget="found"]');
    if (overlay) {
      overlay.setAttribute('viewBox', `0 0 ${size.widthPx} ${size.heightPx}`);
      render(
        pages.filter(isPaper).map((page) => outline(page, size)),
        overlay as unknown as HTMLElement,
      );
    }
    const progress =
      auto?.status === 'steady'
        ? auto.progress
        : auto?.status === 'shoot' || auto?.status === 'wait-for-change'
          ? 1
          : 0;
    const shutter = this.#root()?.querySelector<HTMLElement>('[data-widget="shutter"]');
    shutter?.style.setProperty('--ring', String(Math.round(progress * 100)));
  }
}

const SURE = 0.5;
/** What is doubtful, or runs through the whole frame, may be the grain of the desk: an outline would promise too much. */
function isPaper({ quad, confidence }: FoundPage): boolean {
  return confidence >= SURE && !runsThrough(quad);
}

function outline(
  { quad }: FoundPage,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): SVGTemplateResult {
  const points = quad.map(({ x, y }) => `${(x * widthPx).toFixed(1)},${(y * heightPx).toFixed(1)}`).join(' ');
  return svg`<polygon class="found-page" points=${points}></polygon>`;
}
