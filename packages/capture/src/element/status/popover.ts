import { icon, type IconName } from '../icons/icon.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { ViewProps } from '../view-props.js';
import type { PopoverName } from './popovers.js';

/** A button with a panel below it. */
export function popover(
  { model }: ViewProps,
  options: {
    readonly name: PopoverName;
    readonly icon: IconName;
    readonly label: string;
    readonly content: () => TemplateResult;
    readonly onOpen?: () => void;
  },
): TemplateResult {
  const { popovers } = model;
  const open = popovers.isOpen(options.name);
  return html`<div class="popover" @keydown=${popovers.onKeyDown} @focusout=${popovers.onFocusOut}>
    <button
      type="button"
      class="icon-button"
      data-popover-button=${options.name}
      aria-label=${options.label}
      aria-expanded=${open ? 'true' : 'false'}
      title=${options.label}
      @click=${() => {
        if (!open) options.onOpen?.();
        popovers.toggle(options.name);
      }}
    >
      ${icon(options.icon, { sizePx: 20 })}
    </button>
    ${
      open
        ? html`<div class="popover-panel" part="panel" role="group" aria-label=${options.label} tabindex="-1">
            ${options.content()}
          </div>`
        : nothing
    }
  </div>`;
}
