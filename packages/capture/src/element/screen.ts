import type { CaptureHost } from './capture-host.js';

/** The dialogs of the screen. */
export type DialogName = 'document-panel' | 'help-dialog';

/** Where the focus is and goes, and what is open. */
export class Screen {
  readonly #host: CaptureHost;

  constructor(host: CaptureHost) {
    this.#host = host;
  }

  focusInTray(): boolean {
    const active = (this.#host.root() as Partial<ShadowRoot>).activeElement;
    return active?.closest('[data-widget="tray"]') != null;
  }

  focusSelected(): void {
    this.#selected?.focus({ preventScroll: true });
    this.revealSelected();
  }

  revealSelected(): void {
    this.#selected?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** The end of the tray, where the next page will be. */
  revealEnd(): void {
    this.#find('[data-widget="tray"] .document:last-child')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  focusStage(): void {
    this.#find('[data-widget="stage"]')?.focus({ preventScroll: true });
  }

  open(name: DialogName): void {
    const dialog = this.#find(`dialog[data-widget="${name}"]`);
    if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
  }

  /** The form of one document in the open panel. */
  focusDocument(documentId: string): void {
    this.#find(`[data-document-form="${documentId}"] select`)?.focus();
  }

  pickFiles(): void {
    this.#find('[data-widget="file-input"]')?.click();
  }

  /** The camera app of a phone. */
  takePhoto(): void {
    this.#find('[data-widget="camera-input"]')?.click();
  }

  get #selected(): HTMLElement | null {
    return this.#find('[data-widget="tray"] [aria-selected="true"]');
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.root().querySelector<HTMLElement>(selector);
  }
}
