import { keyText, type FhirResource, type ResourceKey } from '../fhir/resource.js';
import type { StoredBlob, StoredVersion, StoreTransaction } from '../store/store.js';
import { derive } from './derived-index.js';
import { dependentsOf } from './dependents.js';

export interface Put {
  readonly key: ResourceKey;
  readonly resource: FhirResource;
  readonly expectedVersionId: string | null;
  readonly blob?: StoredBlob;
}

interface Touched {
  readonly key: ResourceKey;
  readonly before: FhirResource | undefined;
}

/** Writes resources inside one transaction and keeps everything that follows from them in step. */
export class ResourceWriter {
  readonly #tx: StoreTransaction;
  readonly #lastUpdated: string;
  readonly #ownerId: string;
  readonly #touched: Touched[] = [];

  constructor(tx: StoreTransaction, options: { readonly now: Date; readonly ownerId: string }) {
    this.#tx = tx;
    this.#lastUpdated = options.now.toISOString();
    this.#ownerId = options.ownerId;
  }

  async put(write: Put): Promise<StoredVersion> {
    const { key, resource, blob, expectedVersionId } = write;
    const before = expectedVersionId === null ? undefined : (await this.#tx.read(key))?.resource;
    const facts = { reader: this.#tx, ownerId: this.#ownerId, lastUpdated: this.#lastUpdated };
    const derived = await derive(key, resource, facts);
    const stored = await this.#tx.put({
      ...key,
      ...derived,
      resource,
      lastUpdated: this.#lastUpdated,
      expectedVersionId,
      ...(blob && { blob }),
    });
    this.#touched.push({ key, before });
    return stored;
  }

  /** Call once, after the last put: derives anew what depends on the written resources, as far as it changes. */
  async settle(): Promise<void> {
    const done = new Set<string>();
    const queue = [...this.#touched];
    for (let next = queue.shift(); next; next = queue.shift()) {
      const current = await this.#tx.read(next.key);
      if (!current) continue;
      const { before } = next;
      const dependents = await dependentsOf(next.key, current.resource, { reader: this.#tx, before });
      for (const key of dependents) {
        const mark = `${keyText(next.key)} ${keyText(key)}`;
        if (done.has(mark)) continue;
        done.add(mark);
        if (await this.#refresh(key, next.key)) queue.push({ key, before: undefined });
      }
    }
  }

  /** True when the access of the resource changed, so that its own dependents must follow. */
  async #refresh(key: ResourceKey, cause: ResourceKey): Promise<boolean> {
    const current = await this.#tx.read(key);
    if (!current) return false;
    const { resource, lastUpdated, access } = current;
    const derived = await derive(key, resource, {
      reader: this.#tx,
      ownerId: access.ownerId ?? this.#ownerId,
      lastUpdated,
    });
    const changed = JSON.stringify(derived.access) !== JSON.stringify(access);
    if (changed || cause.type === 'Patient') await this.#tx.reindex(key, derived);
    return changed;
  }
}
