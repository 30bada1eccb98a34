import type { ReactiveController, ReactiveControllerHost } from 'lit';

type MenuHost = ReactiveControllerHost & HTMLElement;

/** One open menu at a time: arrow keys, Esc, focus back to its button. @source WAI-ARIA APG, menu button pattern */
export class MenuController implements ReactiveController {
  readonly #host: MenuHost;
  #openId: string | undefined;

  constructor(host: MenuHost) {
    this.#host = host;
    host.addController(this);
  }

  get anyOpen(): boolean {
    return this.#openId !== undefined;
  }

  hostDisconnected(): void {
    this.#openId = undefined;
  }

  isOpen(id: string): boolean {
    return this.#openId === id;
  }

  async toggle(id: string): Promise<void> {
    if (this.isOpen(id)) return this.close({ focusButton: true });
    this.#openId = id;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const items = this.#items();
    (items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0])?.focus();
  }

  close(options: { readonly focusButton?: boolean } = {}): void {
    const id = this.#openId;
    if (id === undefined) return;
    this.#openId = undefined;
    this.#host.requestUpdate();
    if (options.focusButton) this.#host.shadowRoot?.querySelector<HTMLElement>(`[data-menu-button="${id}"]`)?.focus();
  }

  /** The focus went somewhere outside the menu and its button. */
  readonly onFocusOut = (event: FocusEvent): void => {
    const inside = event.currentTarget instanceof Element && event.currentTarget.contains(asNode(event.relatedTarget));
    if (!inside) this.close();
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (!this.anyOpen) return;
    const items = this.#items();
    const index = items.indexOf(this.#host.shadowRoot?.activeElement as HTMLElement);
    const steps: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1 + items.length,
      Home: 0,
      End: items.length - 1,
    };
    const next = steps[event.key];
    if (next !== undefined) items[next % items.length]?.focus();
    else if (event.key === 'Escape') this.close({ focusButton: true });
    else if (event.key !== 'Enter' && event.key !== ' ') return;
    event.stopPropagation();
    if (next !== undefined || event.key === 'Escape') event.preventDefault();
  };

  #items(): HTMLElement[] {
    return [
      ...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[role="menu"] [role^="menuitem"]:not([disabled])') ??
        []),
    ];
  }
}

function asNode(target: EventTarget | null): Node | null {
  return target instanceof Node ? target : null;
}
