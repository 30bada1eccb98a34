import { icon } from '@anjuan/core/element';
import { html, type TemplateResult } from 'lit';
import type { ViewerTexts } from '../locales/viewer.js';
import { commandGroups, keysOf, type ViewerKeymap } from '../viewer/viewer-keymap.js';
import { keyParts } from './key-parts.js';

export interface HelpDialogProps {
  readonly texts: ViewerTexts;
  readonly keymap: ViewerKeymap;
}

function keys(list: readonly string[], texts: ViewerTexts): TemplateResult[] {
  return list.map(
    (key, index) =>
      html`${index > 0 ? html`<span class="key-or">${texts.help.or}</span>` : ''}${keyParts(key, texts).map(
        (part) => html`<kbd>${part}</kbd>`,
      )}`,
  );
}

/** Every command with its keys. A native dialog: the browser keeps the focus inside and closes it on Esc. */
export function helpDialog({ texts, keymap }: HelpDialogProps): TemplateResult {
  const close = (event: Event): void => (event.currentTarget as HTMLElement).closest('dialog')?.close();
  const closeOnBackdrop = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) close(event);
  };
  return html`<dialog
    class="help"
    data-widget="help-dialog"
    part="help"
    aria-labelledby="help-title"
    @click=${closeOnBackdrop}
    @keydown=${(event: KeyboardEvent) => event.stopPropagation()}
  >
    <div class="help-box">
      <div class="help-head">
        <h2 id="help-title">${texts.help.title}</h2>
        <button type="button" class="icon-button" aria-label=${texts.help.close} @click=${close}>
          ${icon('x', { sizePx: 20 })}
        </button>
      </div>
      <p class="help-hint">${texts.help.hint}</p>
      <div class="help-groups">
        ${(['move', 'view', 'tools'] as const).map(
          (group) =>
            html`<section class="help-group">
              <h3>${texts.help.groups[group]}</h3>
              <dl>
                ${commandGroups[group]
                  .map((command) => ({ command, list: keysOf(keymap, command) }))
                  .filter(({ list }) => list.length > 0)
                  .map(
                    ({ command, list }) =>
                      html`<div class="help-row">
                        <dt>${texts.help.commands[command]}</dt>
                        <dd>${keys(list, texts)}</dd>
                      </div>`,
                  )}
              </dl>
            </section>`,
        )}
      </div>
    </div>
  </dialog>`;
}
