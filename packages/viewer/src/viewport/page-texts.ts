import { AnjuanError, type PageText, type Scope } from '@anjuan/core';
import type { PageTarget } from '../render/picture-loader.js';
import type { SourcePool } from '../render/source-pool.js';
import type { PageView } from './page-view.js';

/** Spans over all pages: the page under the pointer first, so that the number of elements stays flat. */
const MAX_ELEMENTS = 260;
const MAX_TEXTS = 48;

/** Fetches page texts of pages at rest and fills their text layers within a budget of elements. */
export class PageTexts {
  readonly #pool: SourcePool;
  readonly #scope: Scope;
  readonly #texts = new Map<string, PageText>();
  readonly #loading = new Set<string>();

  constructor(pool: SourcePool, scope: Scope) {
    this.#pool = pool;
    this.#scope = scope;
  }

  /** Views in order of importance; the first gets its text whatever it costs. `pinned` ones are never dropped. */
  show(views: readonly { view: PageView; target: PageTarget; pinned: boolean }[], loaded: () => void): void {
    let elements = 0;
    for (const { view } of views) if (view.hasText) elements += view.textElements;
    for (const [index, { view, target }] of views.entries()) {
      if (view.hasText) continue;
      const text = this.#texts.get(target.key);
      if (text === undefined) {
        void this.#load(target).then((fresh) => fresh && loaded());
        continue;
      }
      for (let other = views.length - 1; other > index && elements + text.runs.length > MAX_ELEMENTS; other -= 1) {
        const last = views[other];
        if (last === undefined || last.pinned || !last.view.hasText) continue;
        elements -= last.view.textElements;
        last.view.dropText();
      }
      if (index > 0 && elements + text.runs.length > MAX_ELEMENTS) continue;
      view.showText(text);
      elements += view.textElements;
    }
  }

  /** Pages are tried again. */
  retry(): void {
    for (const [key, text] of this.#texts) if (text.source === 'none') this.#texts.delete(key);
  }

  async #load(target: PageTarget): Promise<boolean> {
    const { key, document, page } = target;
    if (this.#loading.has(key)) return false;
    this.#loading.add(key);
    const { signal } = this.#scope;
    const tier = page.widthsPx.length > 0 && this.#pool.factory(document, 'rendition') ? 'rendition' : 'vector';
    try {
      const pageIndex = target.pageInDocument;
      const text = await this.#pool.use(document, tier, signal, (source) => source.text({ pageIndex, signal }));
      this.#remember(key, text);
    } catch (error) {
      if (signal.aborted || AnjuanError.is(error, 'aborted')) return false;
      // A page without text is still a page: no error is shown for it, and it is not asked for again.
      this.#remember(key, { pageIndex: target.pageInDocument, text: '', runs: [], source: 'none' });
    } finally {
      this.#loading.delete(key);
    }
    return true;
  }

  #remember(key: string, text: PageText): void {
    this.#texts.delete(key);
    this.#texts.set(key, text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > MAX_TEXTS && oldest !== undefined) this.#texts.delete(oldest);
  }
}
