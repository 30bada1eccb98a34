import type { Scope } from '@anjuan/core';
import type { CaptureStore } from '@anjuan/core/outbox';
import type { TrayPage } from '../../session/tray.js';

/** Small pictures of pages as object URLs; a new picture of a page replaces the old one without a gap. */
export class Thumbnails {
  readonly #changed: () => void;
  readonly #shown = new Map<string, { key: string; url: string; release: () => void }>();
  readonly #asked = new Set<string>();
  #scope: Scope | undefined;
  #store: CaptureStore | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  start(store: CaptureStore, scope: Scope): void {
    this.stop();
    this.#store = store;
    this.#scope = scope;
  }

  stop(): void {
    for (const { release } of this.#shown.values()) release();
    this.#shown.clear();
    this.#asked.clear();
    this.#scope = undefined;
  }

  /** Undefined until it is there. */
  url(page: TrayPage): string | undefined {
    const { pageId, pictureKey } = page;
    const shown = this.#shown.get(pageId);
    if (pictureKey !== undefined && shown?.key !== pictureKey && !this.#asked.has(pictureKey)) {
      this.#asked.add(pictureKey);
      void this.#load(pageId, pictureKey);
    }
    return shown?.url;
  }

  async #load(pageId: string, key: string): Promise<void> {
    const scope = this.#scope;
    try {
      const blob = await this.#store?.bytes(pageId, 'thumbnail');
      if (!blob || !scope || scope.disposed || scope !== this.#scope) return;
      this.#shown.get(pageId)?.release();
      this.#shown.set(pageId, { key, ...scope.objectUrl(blob) });
      this.#changed();
    } catch {
      // Without its small picture a page still has number and state.
    }
  }
}
