import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { PadViewProps } from './pad-view-props.js';

/** Words that lead to another way of signing, or back to the pen. */
export function alternativeSwitch({ texts, mode, alternatives, actions }: PadViewProps): TemplateResult {
  const button = (to: PadViewProps['mode'], label: string): TemplateResult =>
    html`<button type="button" class="button" data-kind="quiet" data-widget="use-${to}" @click=${() => actions.use(to)}>
      ${label}
    </button>`;
  const allowed = alternatives === 'none' ? [] : alternatives;
  return html`${mode === 'ink' ? nothing : button('ink', texts.write)}
  ${allowed.filter((each) => each !== mode).map((each) => button(each, texts[each].open))}`;
}

/** The field for the name, or the choice of stamps. */
export function alternativePanel(props: PadViewProps): TemplateResult | typeof nothing {
  if (props.mode === 'typed') return typedPanel(props);
  return props.mode === 'stamped' ? stampedPanel(props) : nothing;
}

function typedPanel({ texts, typedText, disabled, actions }: PadViewProps): TemplateResult {
  return html`<div class="other" part="typed">
    <label class="other-field">
      <span>${texts.typed.label}</span>
      <input
        class="field"
        data-widget="typed"
        type="text"
        maxlength="60"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="other-note"
        .value=${live(typedText)}
        ?disabled=${disabled}
        @input=${(event: Event) => actions.type((event.currentTarget as HTMLInputElement).value)}
      />
    </label>
    <p id="other-note" class="muted">${texts.typed.note}</p>
  </div>`;
}

function stampedPanel({ texts, stamps, stampId, disabled, actions }: PadViewProps): TemplateResult {
  if (stamps.length === 0) return html`<p class="other muted">${texts.stamped.none}</p>`;
  return html`<fieldset class="other" part="stamps" ?disabled=${disabled}>
    <legend>${texts.stamped.label}</legend>
    <div class="stamps">
      ${stamps.map(
        (stamp) =>
          html`<label class="stamp">
            <input
              type="radio"
              name="stamp"
              .checked=${live(stamp.id === stampId)}
              @change=${() => actions.choose(stamp)}
            />${stamp.label}</label
          >`,
      )}
    </div>
    <p class="muted">${texts.stamped.note}</p>
  </fieldset>`;
}
