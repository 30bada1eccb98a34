import { icon, type IconName } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import type { MenuController } from './menu-controller.js';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  /** Given: one of several choices. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** Key shown at the right. */
  readonly hint?: string;
  /** A line above the item. */
  readonly separated?: boolean;
  readonly onSelect: () => void;
}

export interface MenuProps {
  readonly id: string;
  readonly controller: MenuController;
  /** Accessible name of button and menu. */
  readonly label: string;
  /** What the button shows. */
  readonly face: unknown;
  readonly buttonClass: string;
  readonly items: readonly MenuItem[];
  readonly disabled?: boolean;
}

/** A button with a menu below it, or above it in the bottom bar. */
export function menu(props: MenuProps): TemplateResult {
  const { controller, id } = props;
  const open = controller.isOpen(id);
  return html`<div class="menu" @focusout=${controller.onFocusOut} @keydown=${controller.onKeyDown}>
    <button
      type="button"
      class=${props.buttonClass}
      data-menu-button=${id}
      aria-label=${props.label}
      aria-haspopup="menu"
      aria-expanded=${open ? 'true' : 'false'}
      title=${props.label}
      ?disabled=${props.disabled ?? false}
      @click=${() => controller.toggle(id)}
    >
      ${props.face}
    </button>
    ${
      open
        ? html`<div class="menu-list" role="menu" aria-label=${props.label} part="menu">
            ${props.items.map((item) => menuItem(item, controller))}
          </div>`
        : nothing
    }
  </div>`;
}

function menuItem(item: MenuItem, controller: MenuController): TemplateResult {
  const select = (): void => {
    controller.close({ focusButton: true });
    item.onSelect();
  };
  return html`<button
    type="button"
    class="menu-item ${item.separated ? 'separated' : ''}"
    role=${item.checked === undefined ? 'menuitem' : 'menuitemradio'}
    aria-checked=${item.checked === undefined ? nothing : String(item.checked)}
    tabindex="-1"
    ?disabled=${item.disabled ?? false}
    @click=${select}
  >
    <span class="menu-mark">${item.checked ? icon('check') : item.icon ? icon(item.icon) : nothing}</span>
    <span class="menu-label">${item.label}</span>
    ${item.hint ? html`<kbd class="menu-hint" aria-hidden="true">${item.hint}</kbd>` : nothing}
  </button>`;
}
