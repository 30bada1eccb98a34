/** Panels below a button: one open at a time. Esc closes and gives the focus back; leaving closes. */
export type PopoverName = 'devices' | 'controls';

export class Popovers {
  readonly #root: () => ParentNode;
  readonly #changed: () => void;
  #open: PopoverName | undefined;

  constructor(root: () => ParentNode, changed: () => void) {
    this.#root = root;
    this.#changed = changed;
  }

  isOpen(name: PopoverName): boolean {
    return this.#open === name;
  }

  toggle(name: PopoverName): void {
    if (this.isOpen(name)) return this.close({ focusButton: true });
    this.#open = name;
    this.#changed();
  }

  close(options: { readonly focusButton?: boolean } = {}): void {
    const name = this.#open;
    if (name === undefined) return;
    this.#open = undefined;
    this.#changed();
    if (options.focusButton) this.#root().querySelector<HTMLElement>(`[data-popover-button="${name}"]`)?.focus();
  }

  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.#open === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.close({ focusButton: true });
  };

  readonly onFocusOut = (event: FocusEvent): void => {
    const { currentTarget, relatedTarget } = event;
    if (!(currentTarget instanceof Element) || !(relatedTarget instanceof Node)) return;
    if (!currentTarget.contains(relatedTarget)) this.close();
  };
}
