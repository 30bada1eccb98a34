import type { Json } from '../fhir/json.js';
import type { ResourceKey, ResourceType } from '../fhir/resource.js';
import type { Condition, SearchPlan } from './condition.js';
import { MemoryTable } from './memory-rows.js';
import { MemoryTransaction, type MemoryState } from './memory-transaction.js';
import { SerialQueue } from './serial-queue.js';
import type {
  HistoryOptions,
  SearchRow,
  SidecarEntry,
  SidecarKey,
  Store,
  StoreCall,
  StoredVersion,
  StoreTransaction,
} from './store.js';

/** Everything in this process's memory: stories, tests, demos. Gone with the page. */
export class MemoryStore implements Store {
  readonly #state: MemoryState = { table: new MemoryTable(), sidecars: new Map(), nextRow: 1 };
  readonly #queue = new SerialQueue();
  readonly #reader = new MemoryTransaction(this.#state);

  transaction<T>(work: (tx: StoreTransaction) => Promise<T>, call: StoreCall = {}): Promise<T> {
    return this.#queue.run(async () => {
      const tx = new MemoryTransaction(this.#state);
      try {
        return await work(tx);
      } catch (error) {
        tx.rollback();
        throw error;
      }
    }, call.signal);
  }

  read(key: ResourceKey, call: StoreCall = {}): Promise<StoredVersion | undefined> {
    return this.#queue.run(() => this.#reader.read(key), call.signal);
  }

  readMany(keys: readonly ResourceKey[], call: StoreCall = {}): Promise<readonly StoredVersion[]> {
    return this.#queue.run(() => this.#reader.readMany(keys), call.signal);
  }

  vread(key: ResourceKey, versionId: string, call: StoreCall = {}): Promise<StoredVersion | undefined> {
    return this.#queue.run(() => this.#reader.vread(key, versionId), call.signal);
  }

  history(key: ResourceKey, options: HistoryOptions): Promise<readonly StoredVersion[]> {
    return this.#queue.run(() => this.#reader.history(key, options), options.signal);
  }

  search(plan: SearchPlan, call: StoreCall = {}): Promise<readonly SearchRow[]> {
    return this.#queue.run(() => this.#reader.search(plan), call.signal);
  }

  count(type: ResourceType, where: Condition, options: StoreCall & { readonly atMost?: number } = {}): Promise<number> {
    return this.#queue.run(() => this.#reader.count(type, where, options), options.signal);
  }

  accessClasses(type: ResourceType, call: StoreCall = {}): Promise<readonly string[]> {
    return this.#queue.run(() => this.#reader.accessClasses(type), call.signal);
  }

  sidecar(key: SidecarKey, call: StoreCall = {}): Promise<Json | undefined> {
    return this.#queue.run(() => this.#reader.sidecar(key), call.signal);
  }

  sidecars(
    kind: string,
    refs: readonly { readonly documentId: string; readonly versionId: string }[],
    call: StoreCall = {},
  ): Promise<readonly SidecarEntry[]> {
    return this.#queue.run(() => this.#reader.sidecars(kind, refs), call.signal);
  }

  close(): Promise<void> {
    return this.#queue.run(() => undefined);
  }
}
