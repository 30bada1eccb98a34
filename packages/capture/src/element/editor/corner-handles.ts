import { setStyle } from '@anjuan/core/element';
import { html, type TemplateResult } from 'lit';
import type { Point } from '../../picture/quad.js';
import { number, type ViewProps } from '../view-props.js';
import type { EditorController, EditorState } from './editor-controller.js';
import { cornerStep, moveCorner } from '../../session/page-draft.js';

/** Four handles over the original: pointer, finger, or arrow keys. */
export function cornerHandles(props: ViewProps, editor: EditorController, state: EditorState): TemplateResult[] {
  const { texts } = props;
  const names = texts.editor.corners.split(',');
  const { widthPx, heightPx, quad } = state.draft;
  return quad.map((corner, index) => {
    const place = { left: `${(corner.x / widthPx) * 100}%`, top: `${(corner.y / heightPx) * 100}%` };
    const at = texts.editor.cornerAt(
      names[index] ?? '',
      number(props, Math.round(corner.x)),
      number(props, Math.round(corner.y)),
    );
    return html`<button
      type="button"
      class="corner"
      data-corner=${index}
      aria-label=${at}
      ${setStyle(place)}
      @keydown=${(event: KeyboardEvent) => step(event, editor, index, corner)}
      @pointerdown=${(event: PointerEvent) => drag(event, editor, index)}
      @focus=${() => editor.showLoupe(index)}
      @blur=${() => editor.showLoupe(undefined)}
    ></button>`;
  });
}

function step(event: KeyboardEvent, editor: EditorController, index: number, corner: Point): void {
  const by = cornerStep(event.key, event.shiftKey);
  if (!by) return;
  event.preventDefault();
  editor.change((now) => moveCorner(now, index, { x: corner.x + by.x, y: corner.y + by.y }));
}

/** The corner keeps its distance to the finger, so that nothing jumps and the finger does not hide it. */
function drag(event: PointerEvent, editor: EditorController, index: number): void {
  const handle = event.currentTarget;
  const picture = handle instanceof HTMLElement ? handle.parentElement : null;
  const start = editor.state?.draft.quad[index];
  if (event.button !== 0 || !(handle instanceof HTMLElement) || !picture || !start) return;
  const box = picture.getBoundingClientRect();
  handle.setPointerCapture(event.pointerId);
  editor.showLoupe(index);
  const move = (moved: PointerEvent): void => {
    editor.change((now) =>
      moveCorner(now, index, {
        x: start.x + ((moved.clientX - event.clientX) / box.width) * now.widthPx,
        y: start.y + ((moved.clientY - event.clientY) / box.height) * now.heightPx,
      }),
    );
  };
  const end = (): void => {
    handle.removeEventListener('pointermove', move);
    handle.removeEventListener('lostpointercapture', end);
  };
  handle.addEventListener('pointermove', move);
  handle.addEventListener('lostpointercapture', end);
}
