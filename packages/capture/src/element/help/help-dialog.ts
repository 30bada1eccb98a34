import { icon } from '../icons/icon.js';
import { html, type TemplateResult } from 'lit';
import { captureCommandGroups, keysOf } from '../keyboard/capture-keymap.js';
import type { ViewProps } from '../view-props.js';

/** Every command with its keys. */
export function helpDialog({ model, texts, keymap }: ViewProps): TemplateResult {
  const close = (event: Event): void => (event.currentTarget as Element).closest('dialog')?.close();
  return html`<dialog
    class="sheet sheet-wide"
    part="help"
    data-widget="help-dialog"
    aria-labelledby="help-title"
    @keydown=${(event: KeyboardEvent) => event.stopPropagation()}
    @click=${(event: MouseEvent) => event.target === event.currentTarget && close(event)}
    @close=${() => model.screen.focusStage()}
  >
    <div class="sheet-box">
      <div class="panel-head">
        <h2 id="help-title">${texts.help.title}</h2>
        <button type="button" class="icon-button" aria-label=${texts.help.close} @click=${close}>
          ${icon('x', { sizePx: 20 })}
        </button>
      </div>
      <p class="panel-note">${texts.help.hint}</p>
      <div class="help-groups">
        ${(['shoot', 'pages', 'colours', 'tools'] as const).map(
          (group) =>
            html`<section class="help-group">
              <h3>${texts.help.groups[group]}</h3>
              <dl>
                ${captureCommandGroups[group]
                  .map((command) => ({ command, list: keysOf(keymap, command) }))
                  .filter(({ list }) => list.length > 0)
                  .map(
                    ({ command, list }) =>
                      html`<div class="help-row">
                        <dt>${texts.help.commands[command]}</dt>
                        <dd>${list.map((key, index) => keyParts(key, index, texts.help))}</dd>
                      </div>`,
                  )}
              </dl>
            </section>`,
        )}
      </div>
    </div>
  </dialog>`;
}

function keyParts(key: string, index: number, help: ViewProps['texts']['help']): TemplateResult {
  const names: Readonly<Record<string, string>> = help.keys;
  const parts = key.split(/\+(?=.)/).map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return html`${index > 0 ? html`<span class="key-or">${help.or}</span>` : ''}${parts.map(
    (part) => html`<kbd>${part}</kbd>`,
  )}`;
}
