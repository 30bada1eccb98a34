import { icon } from '../icons/icon.js';
import { html, nothing, type TemplateResult } from 'lit';
import { captureErrorParts } from '../../errors/capture-error-texts.js';
import { number, type ViewProps } from '../view-props.js';
import type { ListedDevice } from './device-controller.js';

/** What is connected, what is in use, and what keeps the rest away, with the fix in words. */
export function devicesPanel(props: ViewProps): TemplateResult {
  const { model, texts, locale } = props;
  const { devices } = model;
  const readers = model.host.parts().readers ?? [];
  const requestable = devices.sources.filter((source) => source.request !== undefined);
  return html`<div class="panel-head">
      <h2>${texts.devices.title}</h2>
      <button
        type="button"
        class="icon-button"
        aria-label=${texts.devices.refresh}
        title=${texts.devices.refresh}
        @click=${() => void Promise.all([devices.refresh(), model.access.refresh()])}
      >
        ${icon('refresh-cw')}
      </button>
    </div>
    ${
      devices.devices.length === 0
        ? html`<p class="panel-note">${texts.devices.none}</p>`
        : html`<ul class="device-list">
            ${devices.devices.map((listed, index) => deviceRow(props, listed, index))}
          </ul>`
    }
    ${
      readers.length === 0
        ? nothing
        : html`<ul class="device-list">
            ${readers.map(
              ({ name }) =>
                html`<li class="device-row">
                  <span class="device-mark">${icon('id-card')}</span><span class="device-name">${name}</span>
                  <span class="device-kind">${texts.devices.connected}</span>
                </li>`,
            )}
          </ul>`
    }
    ${requestable.map(
      (source) =>
        html`<button type="button" class="button wide-button" @click=${() => void devices.request(source)}>
          ${icon('usb')}${texts.devices.request(source.name)}
        </button>`,
    )}
    ${devices.obstacles.map(({ error }) => {
      const { title, next } = captureErrorParts(error.code, locale);
      return html`<p class="panel-note" data-tone="warning">
        ${icon('triangle-alert')}<span><strong>${title}</strong><br />${next}</span>
      </p>`;
    })}
    ${
      devices.session
        ? html`<button
            type="button"
            class="button wide-button"
            @click=${() => {
              devices.turnOff();
              model.popovers.close({ focusButton: true });
            }}
          >
            ${icon('camera-off')}${texts.devices.turnOff}
          </button>`
        : nothing
    }
    ${model.access.template(props) ?? nothing}`;
}

function deviceRow(props: ViewProps, listed: ListedDevice, index: number): TemplateResult {
  const { model, texts } = props;
  const { device } = listed;
  const inUse = model.devices.session?.device.deviceId === device.deviceId;
  const name =
    device.label ||
    (device.kind === 'camera'
      ? texts.devices.cameraUnnamed(number(props, index + 1))
      : texts.devices.sources[device.kind]);
  return html`<li>
    <button
      type="button"
      class="device-row"
      aria-pressed=${inUse ? 'true' : 'false'}
      @click=${() => {
        model.popovers.close({ focusButton: true });
        void model.devices.open(listed);
      }}
    >
      <span class="device-mark">${inUse ? icon('check') : nothing}</span>
      <span class="device-name">${name}</span>
      <span class="device-kind">${inUse ? texts.devices.inUse : texts.devices.sources[device.kind]}</span>
    </button>
  </li>`;
}
