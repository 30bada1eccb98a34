import { icon } from '../icons/icon.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { PageColour } from '../../recipe/types.js';
import { withKey, number, type ViewProps } from '../view-props.js';

const COLOURS: readonly PageColour[] = ['colour', 'gray', 'bilevel', 'seal'];

/** Within reach of a thumb: colour and auto capture, the shutter, submit. */
export function shutterBar(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  const pageCount = model.tray.pages.length;
  const open = model.session?.state.status === 'open';
  return html`<div class="bar" part="bar" role="group" aria-label=${texts.shutter.capture}>
    <div class="bar-start">${colourChoice(props)} ${autoSwitch(props)}</div>
    <div class="bar-middle">${shutter(props)}</div>
    <div class="bar-end">
      <button
        type="button"
        class="button submit"
        part="submit"
        data-kind="primary"
        data-widget="submit"
        title=${withKey(props, texts.submit.button, 'submit')}
        ?disabled=${!open || pageCount === 0 || props.disabled || model.shutter.state.status === 'working'}
        @click=${() => props.run('submit')}
      >
        ${icon('send')}<span>${submitLabel(props, pageCount)}</span>
      </button>
    </div>
  </div>`;
}

function colourChoice({ model, texts }: ViewProps): TemplateResult {
  return html`<label class="bar-field">
    <span class="visually-hidden">${texts.colours.label}</span>
    <select
      class="field"
      data-widget="colour"
      @change=${(event: Event) => model.setColour((event.target as HTMLSelectElement).value as PageColour)}
    >
      ${COLOURS.map(
        (colour) =>
          html`<option value=${colour} ?selected=${model.colour === colour} .selected=${model.colour === colour}>
            ${texts.colours[colour]}
          </option>`,
      )}
    </select>
  </label>`;
}

function autoSwitch(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  const narrow = props.layout === 'narrow';
  return html`<button
    type="button"
    class="button auto-switch"
    role="switch"
    data-widget="auto"
    aria-checked=${model.auto ? 'true' : 'false'}
    aria-label=${texts.shutter.auto}
    title=${withKey(props, texts.shutter.auto, 'auto')}
    @click=${() => props.run('auto')}
  >
    <span class="switch" aria-hidden="true"></span
    ><span class="switch-label">${narrow ? texts.shutter.autoShort : texts.shutter.auto}</span>
  </button>`;
}

function shutter(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  const { state } = model.shutter;
  const device = model.devices.session;
  const full = model.room?.state === 'full';
  const ready = device !== undefined && model.session?.state.status === 'open' && !full && !props.disabled;
  const feeding = state.status === 'working' && (device?.preview.kind === 'none' || state.kind === 'files');
  const label = feeding
    ? texts.shutter.stop
    : device?.preview.kind === 'none'
      ? texts.shutter.scan
      : texts.shutter.capture;
  return html`<button
      type="button"
      class="shutter"
      part="shutter"
      data-widget="shutter"
      data-state=${state.status}
      aria-label=${withKey(props, label, 'shutter')}
      title=${withKey(props, label, 'shutter')}
      aria-disabled=${ready || feeding ? 'false' : 'true'}
      @click=${() => (feeding ? model.shutter.stop() : props.run('shutter'))}
    >
      <svg class="ring" viewBox="0 0 72 72" aria-hidden="true" focusable="false">
        <circle class="ring-track" cx="36" cy="36" r="33"></circle>
        <circle class="ring-fill" cx="36" cy="36" r="33" pathLength="100"></circle>
      </svg>
      <span class="shutter-face">${icon(feeding ? 'x' : 'camera', { sizePx: 20 })}</span>
    </button>
    <span class="shutter-hint" data-widget="shutter-hint">${hint(props, ready)}</span>`;
}

function hint({ model, texts }: ViewProps, ready: boolean): string | typeof nothing {
  const progress = model.shutter.progressWords();
  if (progress !== undefined) return progress;
  if (!ready) return nothing;
  if (!model.auto) return texts.shutter.ready;
  const words = {
    searching: texts.shutter.searching,
    steady: texts.shutter.steady,
    shoot: texts.shutter.steady,
    'wait-for-change': texts.shutter.waiting,
  };
  return words[model.view.hint];
}

function submitLabel(props: ViewProps, pageCount: number): string {
  const { submit } = props.texts;
  if (pageCount === 0) return submit.button;
  return (props.layout === 'narrow' ? submit.short : submit.count)(number(props, pageCount));
}
