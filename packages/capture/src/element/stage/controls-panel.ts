import { icon } from '../icons/icon.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { FrameControl } from '../../devices/frame-source.js';
import type { ViewProps } from '../view-props.js';

/** Focus, exposure, lamp, zoom: whatever the opened device offers. */
export function controlsPanel(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  const controls = model.devices.session?.controls ?? [];
  return html`<div class="panel-head"><h2>${texts.controls.title}</h2></div>
    ${
      controls.length === 0
        ? html`<p class="panel-note">${texts.controls.none}</p>`
        : controls.map((control) => controlRow(props, control))
    }
    ${matSwitch(props)}`;
}

/** The empty desk: afterwards white paper on a white desk and several papers in one shot are found. */
function matSwitch({ model, texts }: ViewProps): TemplateResult {
  const on = model.view.detect === 'mat';
  return html`<p class="panel-note" data-widget="mat-note">${on ? texts.controls.matOn : texts.controls.matHint}</p>
    <button type="button" class="button wide-button" data-widget="mat" @click=${() => void model.toggleMat()}>
      ${icon(on ? 'x' : 'focus')}${on ? texts.controls.matOff : texts.controls.mat}
    </button>`;
}

function controlRow({ model, texts }: ViewProps, control: FrameControl): TemplateResult {
  const { name, value, range } = control;
  const label = texts.controls[name];
  if (typeof value === 'boolean') {
    return html`<label class="control-row">
      <input
        type="checkbox"
        .checked=${value}
        @change=${(event: Event) => void model.devices.setControl(name, (event.target as HTMLInputElement).checked)}
      />
      <span>${control.automatic ? `${label} · ${texts.controls.automatic}` : label}</span>
    </label>`;
  }
  if (!range) return html`${nothing}`;
  return html`<label class="control-row control-slider">
    <span>${label}</span>
    <input
      type="range"
      min=${range.min}
      max=${range.max}
      step=${range.step || 'any'}
      .value=${String(value)}
      @input=${(event: Event) => void model.devices.setControl(name, (event.target as HTMLInputElement).valueAsNumber)}
    />
    ${
      control.automatic
        ? html`<button
            type="button"
            class="button"
            data-kind="quiet"
            @click=${() => void model.devices.setControl(name, true)}
          >
            ${texts.controls.automatic}
          </button>`
        : nothing
    }
  </label>`;
}
