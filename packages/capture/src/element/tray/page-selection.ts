import type { Tray, TrayPage } from '../../session/tray.js';

/** Which page the tools act on. It follows new pages until the operator chooses one. */
export class PageSelection {
  #pageId: string | undefined;

  /** The selected page; when it is gone, the one that took its place. */
  page(tray: Tray): TrayPage | undefined {
    return tray.pages.find(({ pageId }) => pageId === this.#pageId);
  }

  select(pageId: string | undefined): void {
    this.#pageId = pageId;
  }

  /** One page on or back; the first or last one stays. */
  step(tray: Tray, step: number): TrayPage | undefined {
    const { pages } = tray;
    const now = pages.findIndex(({ pageId }) => pageId === this.#pageId);
    const start = now < 0 && step < 0 ? pages.length : now;
    const next = pages[Math.min(pages.length - 1, Math.max(0, start + step))];
    this.#pageId = next?.pageId ?? this.#pageId;
    return next;
  }

  /** Before `page` goes: its neighbour is next. */
  leave(tray: Tray, pageId: string): void {
    if (pageId !== this.#pageId) return;
    const at = tray.pages.findIndex((page) => page.pageId === pageId);
    this.#pageId = (tray.pages[at + 1] ?? tray.pages[at - 1])?.pageId;
  }
}
