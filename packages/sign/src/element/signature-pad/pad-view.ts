import { formatDateTime } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import { alternativePanel, alternativeSwitch } from './alternative-view.js';
import { noticeLine } from './notice-line.js';
import type { PadViewProps } from './pad-view-props.js';

/** The whole pad. */
export function padView(props: PadViewProps): TemplateResult {
  return html`<div class="pad" data-mode=${props.mode} @keydown=${props.actions.key}>
    ${paper(props)} ${caption(props)} ${noticeLine(props)} ${alternativePanel(props)} ${tools(props)}
    <p id="how" class="visually-hidden">${how(props)}</p>
    ${props.live}
  </div>`;
}

function paper({ texts, mode, counts, disabled, penOnly, missing, source, actions }: PadViewProps): TemplateResult {
  const { pointer } = actions;
  const hint = source.status === 'ready' ? texts.hintPad : penOnly ? texts.hintPen : texts.hint;
  return html`<div
    class="paper"
    part="paper"
    data-widget="paper"
    role="application"
    tabindex=${disabled ? -1 : 0}
    aria-label=${texts.paper}
    aria-describedby="how count"
    aria-disabled=${disabled ? 'true' : nothing}
    data-missing=${missing || nothing}
    @pointerdown=${pointer}
    @pointermove=${pointer}
    @pointerup=${pointer}
    @pointercancel=${pointer}
    @lostpointercapture=${pointer}
    @blur=${showFocus}
    @keydown=${showFocus}
    @contextmenu=${(event: Event) => event.preventDefault()}
  >
    <div class="baseline" aria-hidden="true"></div>
    ${[0, 1, 2].map(() => html`<canvas class="layer" aria-hidden="true"></canvas>`)}
    ${counts.empty && mode === 'ink' && !disabled ? html`<span class="hint" aria-hidden="true">${hint}</span>` : nothing}
    ${mode === 'ink' ? nothing : html`<span class="mark" part="mark">${texts[mode].mark}</span>`}
  </div>`;
}

/** The ring is for the keyboard; round a sheet that is being written on it disturbs. */
function showFocus(event: Event): void {
  if (event.currentTarget instanceof HTMLElement) delete event.currentTarget.dataset['byPointer'];
}

/** Name and date, as they stand below a signature on paper. */
function caption({ texts, locale, signerName, signedOn }: PadViewProps): TemplateResult | typeof nothing {
  const shownDate = formatDateTime(signedOn, locale);
  if (!signerName && !shownDate) return nothing;
  return html`<div class="caption" part="caption">
    ${signerName ? html`<span><span class="muted">${texts.signer}</span> ${signerName}</span>` : nothing}
    ${shownDate ? html`<span><span class="muted">${texts.date}</span> ${shownDate}</span>` : nothing}
  </div>`;
}

function tools(props: PadViewProps): TemplateResult {
  const { texts, counts, asking, disabled, canUndo, canRedo, mode, actions } = props;
  const count = mode === 'ink' ? texts.strokes(counts.strokeCount) : texts[mode].mark;
  if (asking) {
    return html`<div class="tools" part="tools" role="group" aria-labelledby="ask">
      <span id="ask">${texts.confirmClear(counts.strokeCount)}</span>
      ${tool('clear-yes', texts.clear, true, () => actions.answerClear(true))}
      ${tool('clear-no', texts.keep, true, () => actions.answerClear(false))}
      <span id="count" class="visually-hidden">${count}</span>
    </div>`;
  }
  return html`<div class="tools" part="tools">
    ${
      mode === 'ink'
        ? html`${tool('undo', texts.undo, canUndo && !disabled, actions.undo)}
          ${tool('redo', texts.redo, canRedo && !disabled, actions.redo)}`
        : nothing
    }
    ${tool('clear', texts.clear, !counts.empty && !disabled, actions.clear)}
    <span id="count" class=${mode === 'ink' ? 'count muted' : 'visually-hidden'}>${count}</span>
    ${disabled ? nothing : html`<span class="others">${alternativeSwitch(props)}</span>`}
  </div>`;
}

/** Stays focusable when there is nothing to do, so that the keyboard does not lose its place. */
function tool(name: string, label: string, usable: boolean, onClick: () => void): TemplateResult {
  return html`<button
    type="button"
    class="button"
    data-kind="quiet"
    data-widget=${name}
    aria-disabled=${usable ? nothing : 'true'}
    @click=${usable ? onClick : nothing}
  >
    ${label}
  </button>`;
}

function how({ texts, penOnly, alternatives, policyText }: PadViewProps): string {
  const other =
    alternatives === 'none' ? policyText : alternatives.includes('typed') ? texts.howTyped : texts.howStamped;
  return `${penOnly ? texts.howPen : texts.how}${other}`;
}
