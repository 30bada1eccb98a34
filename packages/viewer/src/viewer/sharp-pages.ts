import type { PageAddress } from '../viewport/types.js';

/** As many pages as can be in view or just beside it; older ones may have lost their picture again. */
const REMEMBERED = 6;

/**
 * Tells when the page being read is sharp. Two pages are often in view and either may be painted first; a host that
 * writes the page into its address wants the one being read, not the one painted last.
 */
export class SharpPages {
  readonly #renderMs = new Map<string, number>();
  #current: string | undefined;

  /** A page was painted. Returns its milliseconds when it is the page being read. */
  painted(page: PageAddress & { readonly renderMs: number }): number | undefined {
    const key = keyOf(page);
    this.#renderMs.delete(key);
    this.#renderMs.set(key, page.renderMs);
    const [oldest] = this.#renderMs.keys();
    if (this.#renderMs.size > REMEMBERED && oldest !== undefined) this.#renderMs.delete(oldest);
    return key === this.#current ? page.renderMs : undefined;
  }

  /** The reader came to a page. Returns its milliseconds when it is sharp already. */
  cameTo(page: PageAddress | undefined): number | undefined {
    const key = page && keyOf(page);
    if (key === this.#current) return undefined;
    this.#current = key;
    return key === undefined ? undefined : this.#renderMs.get(key);
  }

  /** Another record. */
  clear(): void {
    this.#renderMs.clear();
    this.#current = undefined;
  }
}

function keyOf({ documentId, pageInDocument }: PageAddress): string {
  return `${documentId}/${String(pageInDocument)}`;
}
