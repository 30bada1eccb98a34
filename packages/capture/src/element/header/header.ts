import { icon, type IconName } from '../icons/icon.js';
import { html, nothing, type TemplateResult } from 'lit';
import { fileInput, filesFrom } from '../../devices/file/picked-files.js';
import { modePresets, type CaptureMode } from '../../session/modes.js';
import type { CaptureCommand } from '../keyboard/capture-keymap.js';
import { withKey, type ViewProps } from '../view-props.js';
import { controlsPanel } from '../stage/controls-panel.js';
import { devicesPanel } from '../stage/devices-panel.js';
import { popover } from '../status/popover.js';

const modeIcons: Readonly<Record<CaptureMode, IconName>> = {
  document: 'file-text',
  'id-card': 'id-card',
  consent: 'pen-line',
  book: 'book-open',
  batch: 'layers',
};

/** Modes at the left; devices, picture settings, files, documents, help at the right. */
export function header(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  return html`<div class="header" part="header" role="group" aria-label=${texts.label}>
    ${props.layout === 'wide' ? modeButtons(props) : modeSelect(props)}
    <span class="spacer"></span>
    ${popover(props, {
      name: 'devices',
      icon: 'camera',
      label: withKey(props, texts.devices.button, 'devices'),
      content: () => devicesPanel(props),
      onOpen: () => void model.access.refresh(),
    })}
    ${
      model.devices.session && model.devices.session.preview.kind !== 'none'
        ? popover(props, {
            name: 'controls',
            icon: 'sliders-horizontal',
            label: texts.controls.button,
            content: () => controlsPanel(props),
          })
        : nothing
    }
    ${filePicker(props)} ${tool(props, 'documents', 'list-tree', texts.documents.button)}
    ${tool(props, 'help', 'circle-question-mark', texts.help.button)}
  </div>`;
}

function tool(props: ViewProps, command: CaptureCommand, name: IconName, label: string): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    data-widget=${command}
    aria-label=${label}
    title=${withKey(props, label, command)}
    @click=${() => props.run(command)}
  >
    ${icon(name, { sizePx: 20 })}
  </button>`;
}

function modeButtons({ model, texts }: ViewProps): TemplateResult {
  return html`<div class="segments" role="radiogroup" aria-label=${texts.modes.label} data-widget="modes">
    ${modePresets.map(
      ({ mode }) =>
        html`<label class="segment" title=${texts.modeHints[mode]}>
          <input
            type="radio"
            name="mode"
            class="visually-hidden"
            value=${mode}
            .checked=${model.mode === mode}
            @change=${() => model.setMode(mode)}
          />
          ${icon(modeIcons[mode])}<span>${texts.modes[mode]}</span>
        </label>`,
    )}
  </div>`;
}

function modeSelect({ model, texts }: ViewProps): TemplateResult {
  return html`<select
    class="field mode-select"
    data-widget="modes"
    aria-label=${texts.modes.label}
    @change=${(event: Event) => model.setMode((event.target as HTMLSelectElement).value as CaptureMode)}
  >
    ${modePresets.map(
      ({ mode }) => html`<option value=${mode} ?selected=${model.mode === mode}>${texts.modes[mode]}</option>`,
    )}
  </select>`;
}

/** Two pickers: files, and the camera of a phone. */
function filePicker(props: ViewProps): TemplateResult {
  const { model, texts } = props;
  return html`<button
      type="button"
      class="icon-button"
      data-widget="files"
      aria-label=${texts.files.button}
      title=${withKey(props, texts.files.button, 'files')}
      ?disabled=${model.session?.state.status !== 'open'}
      @click=${() => props.run('files')}
    >
      ${icon('image-plus', { sizePx: 20 })}
    </button>
    ${fileField(props, 'files')}${fileField(props, 'mobile-camera')}`;
}

function fileField({ model }: ViewProps, from: 'files' | 'mobile-camera'): TemplateResult {
  const { accept, multiple, capture } = fileInput({ from });
  const pick = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = filesFrom(input.files);
    input.value = '';
    void model.addFiles(files);
  };
  return html`<input
    type="file"
    class="visually-hidden"
    data-widget=${from === 'files' ? 'file-input' : 'camera-input'}
    tabindex="-1"
    aria-hidden="true"
    accept=${accept}
    ?multiple=${multiple}
    capture=${capture ?? nothing}
    @change=${pick}
  />`;
}
