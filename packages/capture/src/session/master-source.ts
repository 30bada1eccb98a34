import type { BatchPage } from '@anjuan/core/outbox';
import type { SessionPorts } from './session-ports.js';

/** Originals of the last pages; a clerk looks back a page or two. */
const REMEMBERED = 6;

/**
 * The original of a page: from memory, from this computer, or, once uploaded and erased here, from the archive.
 * An upload may be faster than the worker.
 */
export class MasterSource {
  readonly #ports: Pick<SessionPorts, 'store' | 'fetchMaster'>;
  readonly #recent = new Map<string, Blob>();

  constructor(ports: Pick<SessionPorts, 'store' | 'fetchMaster'>) {
    this.#ports = ports;
  }

  remember(pageId: string, master: Blob): void {
    this.#recent.set(pageId, master);
    for (const oldest of this.#recent.keys()) {
      if (this.#recent.size <= REMEMBERED) break;
      this.#recent.delete(oldest);
    }
  }

  /** Undefined when it is nowhere to be had. Errors: those of store and network. */
  async read(page: BatchPage): Promise<Blob | undefined> {
    const near = this.#recent.get(page.pageId) ?? (await this.#ports.store.bytes(page.pageId, 'master'));
    if (near) return near;
    const { binary } = page.upload ?? {};
    if (binary === undefined) return undefined;
    const far = await this.#ports.fetchMaster?.(binary);
    if (far) this.remember(page.pageId, far);
    return far;
  }
}
