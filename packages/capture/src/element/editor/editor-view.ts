import { setStyle } from '@anjuan/core/element';
import { icon } from '../icons/icon.js';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { PageColour } from '../../recipe/types.js';
import { captureErrorParts } from '../../errors/capture-error-texts.js';
import { number, type ViewProps } from '../view-props.js';
import { cornerHandles } from './corner-handles.js';
import type { EditorController, EditorState } from './editor-controller.js';
import { loupe } from './loupe.js';
import { coloured, cropFound, cropWhole, skewed, turned } from '../../session/page-draft.js';

const COLOURS: readonly PageColour[] = ['colour', 'gray', 'bilevel', 'seal'];

/** Original with four corners at the left, result and settings at the right (below on a phone). */
export function editorView(props: ViewProps, editor: EditorController, state: EditorState): TemplateResult {
  const { texts } = props;
  return html`<dialog
    class="editor"
    part="editor"
    data-widget="editor"
    aria-labelledby="editor-title"
    @keydown=${(event: KeyboardEvent) => onKey(event, editor, state)}
    @close=${editor.onClose}
  >
    <div class="editor-box">
      <div class="panel-head editor-head">
        <h2 id="editor-title">${texts.editor.title(number(props, state.number))}</h2>
        <button type="button" class="icon-button" aria-label=${texts.close} @click=${() => editor.cancel()}>
          ${icon('x', { sizePx: 20 })}
        </button>
      </div>
      ${original(props, editor, state)} ${result(props, state)} ${settings(props, editor, state)}
      <div class="editor-foot">
        <button type="button" class="button" data-widget="editor-cancel" @click=${() => editor.cancel()}>
          ${texts.editor.cancel}
        </button>
        <button
          type="button"
          class="button"
          data-kind="primary"
          data-widget="editor-apply"
          @click=${() => void editor.apply()}
        >
          ${icon('check')}${texts.editor.apply}
        </button>
      </div>
    </div>
  </dialog>`;
}

function original(props: ViewProps, editor: EditorController, state: EditorState): TemplateResult {
  const { widthPx, heightPx, quad } = state.draft;
  const points = quad.map(({ x, y }) => `${x},${y}`).join(' ');
  return html`<div class="editor-original" role="group" aria-label=${props.texts.editor.picture}>
    <div class="editor-picture" ${setStyle({ '--ratio': String(widthPx / heightPx) })}>
      <img class="editor-image" src=${state.url} alt="" draggable="false" />
      <svg class="editor-outline" viewBox="0 0 ${widthPx} ${heightPx}" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<path
          class="editor-shade"
          d="M0 0H${widthPx}V${heightPx}H0ZM${points.replaceAll(' ', 'L').replaceAll(',', ' ')}Z"
        ></path><polygon class="found-page" points=${points}></polygon>`}
      </svg>
      ${cornerHandles(props, editor, state)} ${loupe(state)}
    </div>
  </div>`;
}

function result({ texts, locale }: ViewProps, { result: made }: EditorState): TemplateResult {
  const url = 'url' in made ? made.url : undefined;
  return html`<div class="editor-result" aria-busy=${made.status === 'working' ? 'true' : 'false'}>
    <span class="editor-caption">${texts.editor.result}</span>
    <div class="editor-paper">
      ${
        made.status === 'failed'
          ? html`<p class="finding" data-tone="danger">
              ${icon('circle-x')}<span>${captureErrorParts('pipeline-failed', locale).title}</span>
            </p>`
          : url === undefined
            ? html`<span class="tile-skeleton"></span>`
            : html`<img class="tile-image" src=${url} alt="" data-widget="editor-result" />`
      }
    </div>
    <span class="editor-caption" role="status">${made.status === 'working' ? texts.editor.working : nothing}</span>
  </div>`;
}

function settings(props: ViewProps, editor: EditorController, state: EditorState): TemplateResult {
  const { texts, layout } = props;
  const { draft } = state;
  const turn = state.made?.rotationDeg ?? 0;
  const skew = draft.recipe.skewDeg ?? state.made?.skewDeg ?? 0;
  const button = (widget: string, name: Parameters<typeof icon>[0], label: string, onClick: () => void) =>
    html`<button
      type="button"
      class=${layout === 'narrow' ? 'icon-button' : 'button'}
      data-widget=${widget}
      aria-label=${label}
      title=${label}
      @click=${onClick}
    >
      ${icon(name)}${layout === 'narrow' ? nothing : label}
    </button>`;
  return html`<div class="editor-settings">
    <div class="segments" role="radiogroup" aria-label=${texts.colours.label}>
      ${COLOURS.map(
        (colour) =>
          html`<label class="segment">
            <input
              type="radio"
              name="page-colour"
              class="visually-hidden"
              value=${colour}
              .checked=${draft.recipe.colour === colour}
              @change=${() => editor.change((now) => coloured(now, colour))}
            />
            <span>${texts.colours[colour]}</span>
          </label>`,
      )}
    </div>
    <div class="editor-buttons">
      ${button('editor-turn-left', 'rotate-ccw', texts.editor.turnLeft, () => editor.change((now) => turned(now, -90, turn)))}
      ${button('editor-turn-right', 'rotate-cw', texts.editor.turnRight, () => editor.change((now) => turned(now, 90, turn)))}
      ${button('editor-whole', 'image', texts.editor.whole, () => editor.change(cropWhole))}
      ${button('editor-find', 'search', texts.editor.find, () => editor.change(cropFound))}
    </div>
    <label class="control-row control-slider">
      <span>${texts.editor.skew}</span>
      <input
        type="range"
        min="-5"
        max="5"
        step="0.1"
        data-widget="editor-skew"
        .value=${String(skew)}
        @input=${(event: Event) => editor.change((now) => skewed(now, (event.target as HTMLInputElement).valueAsNumber))}
      />
      <span class="editor-skew">${texts.units.degrees(number(props, Math.round(skew * 10) / 10))}</span>
    </label>
  </div>`;
}

/** Keys of the dialog stay in it: 1 to 4 colours, brackets turn, Ctrl+Enter agrees. */
function onKey(event: KeyboardEvent, editor: EditorController, state: EditorState): void {
  event.stopPropagation();
  const colour = COLOURS[Number(event.key) - 1];
  const turn = state.made?.rotationDeg ?? 0;
  if (colour && !event.ctrlKey && !event.altKey) editor.change((now) => coloured(now, colour));
  else if (event.key === ']') editor.change((now) => turned(now, 90, turn));
  else if (event.key === '[') editor.change((now) => turned(now, -90, turn));
  else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void editor.apply();
  else return;
  event.preventDefault();
}
