import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Point } from '../../picture/quad.js';
import type { EditorState } from './editor-controller.js';

const SIZE_PX = 128;
/** Picture pixels across the loupe: one of the original is then 4 to 8 on the screen. */
const SPAN_PX = 64;
const CROSS_PX = 18;

/** The place of a corner, enlarged, away from the finger. */
export function loupe(state: EditorState): TemplateResult | typeof nothing {
  const corner = state.corner === undefined ? undefined : state.draft.quad[state.corner];
  if (!corner) return nothing;
  const { widthPx, heightPx } = state.draft;
  const side = corner.x < widthPx / 2 ? 'right' : 'left';
  const edge = corner.y < heightPx / 2 ? 'bottom' : 'top';
  return html`<canvas
    class="loupe"
    data-side=${side}
    data-edge=${edge}
    width=${SIZE_PX}
    height=${SIZE_PX}
    aria-hidden="true"
    ${ref((canvas) => canvas instanceof HTMLCanvasElement && paint(canvas, state.bitmap, corner))}
  ></canvas>`;
}

function paint(canvas: HTMLCanvasElement, bitmap: ImageBitmap, corner: Point): void {
  const context = canvas.getContext('2d', { alpha: false });
  if (!context || bitmap.width === 0) return;
  const style = getComputedStyle(canvas);
  context.fillStyle = style.backgroundColor;
  context.fillRect(0, 0, SIZE_PX, SIZE_PX);
  context.imageSmoothingEnabled = false;
  const half = SPAN_PX / 2;
  context.drawImage(bitmap, corner.x - half, corner.y - half, SPAN_PX, SPAN_PX, 0, 0, SIZE_PX, SIZE_PX);
  context.strokeStyle = style.color;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(SIZE_PX / 2 - CROSS_PX, SIZE_PX / 2);
  context.lineTo(SIZE_PX / 2 + CROSS_PX, SIZE_PX / 2);
  context.moveTo(SIZE_PX / 2, SIZE_PX / 2 - CROSS_PX);
  context.lineTo(SIZE_PX / 2, SIZE_PX / 2 + CROSS_PX);
  context.stroke();
}
