import { waitFor } from 'storybook/test';
import type { AnjuanSearchBox } from '@anjuan/viewer';

/** What a person does with the search box and sees of it, across its shadow root. */
export class SearchBoxDriver {
  readonly #box: AnjuanSearchBox;

  constructor(canvas: HTMLElement) {
    const box = canvas.querySelector('anjuan-search-box');
    if (!box) throw new Error('The story has no search box');
    this.#box = box;
  }

  async type(text: string): Promise<void> {
    const field = await this.find<HTMLInputElement>('[role=combobox]');
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }

  async press(key: string): Promise<void> {
    const field = await this.find('[role=combobox]');
    field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
    await this.#box.updateComplete;
  }

  async openFilters(): Promise<void> {
    (await this.find('.filter-toggle')).click();
  }

  async setFilter(name: string, value: string): Promise<void> {
    const field = await this.find<HTMLInputElement>(`[data-filter=${name}] input`);
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }

  async click(selector: string): Promise<void> {
    (await this.find(selector)).click();
  }

  rows(): HTMLElement[] {
    return [...(this.#box.shadowRoot?.querySelectorAll<HTMLElement>('[part=option]') ?? [])];
  }

  /** Waits until something is on screen. */
  find<T extends HTMLElement = HTMLElement>(selector: string): Promise<T> {
    return waitFor(
      () => {
        const found = this.#box.shadowRoot?.querySelector<T>(selector);
        if (!found) throw new Error(`Nothing matches ${selector}`);
        return found;
      },
      { timeout: 15_000 },
    );
  }
}
