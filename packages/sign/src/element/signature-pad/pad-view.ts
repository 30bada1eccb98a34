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
    @contextmenu=${(event: Event) => event.preventDefault()}
  >
    <div class="baseline" aria-hidden="true"></div>
    ${[0, 1, 2].map(() => html`<canvas class="layer" aria-hidden="true"></canvas>`)}
    ${counts.empty && mode === 'ink' && !disabled ? html`<span class="hint" aria-hidden="true">${hint}</span>` : nothing}
    ${mode === 'ink' ? nothing : html`<span class="mark" part="mark">${texts[mode].mark}</span>`}
  </div>`;
}

/** Name and date, as they stand below a signature on paper; and how much is written. */
function caption({ texts, locale, mode, counts, signerName, signedOn }: PadViewProps): TemplateResult {
  const shownDate = formatDateTime(signedOn, locale);
  return html`<div class="caption" part="caption">
    ${signerName ? html`<span><span class="muted">${texts.signer}</span> ${signerName}</span>` : nothing}
    ${shownDate ? html`<span><span class="muted">${texts.date}</span> ${shownDate}</span>` : nothing}
    <span id="count" class="count muted">${mode === 'ink' ? texts.strokes(counts.strokeCount) : texts[mode].mark}</span>
  </div>`;
}

function tools(props: PadViewProps): TemplateResult {
  const { texts, counts, asking, disabled, canUndo, canRedo, mode, actions } = props;
  if (asking) {
    return html`<div class="tools" part="tools" role="group" aria-labelledby="ask">
      <span id="ask">${texts.confirmClear(counts.strokeCount)}</span>
      ${tool('clear-yes', texts.clear, true, () => actions.answerClear(true))}
      ${tool('clear-no', texts.keep, true, () => actions.answerClear(false))}
    </div>`;
  }
  return html`<div class="tools" part="tools">
    ${tool('undo', texts.undo, canUndo && mode === 'ink' && !disabled, actions.undo)}
    ${tool('redo', texts.redo, canRedo && mode === 'ink' && !disabled, actions.redo)}
    ${tool('clear', texts.clear, !counts.empty && !disabled, actions.clear)}
    <span class="spacer"></span>
    ${disabled ? nothing : alternativeSwitch(props)}
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
