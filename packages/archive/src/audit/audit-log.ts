import type { FhirResource } from '../fhir/resource.js';
import type { Store, StoreTransaction } from '../store/store.js';
import { ResourceWriter } from '../write/resource-writer.js';
import type { Clock } from '../archive-options.js';

interface Waiting {
  readonly event: FhirResource;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Appends one AuditEvent inside a transaction. */
export async function putAuditEvent(tx: StoreTransaction, event: FhirResource, now: Date): Promise<void> {
  const writer = new ResourceWriter(tx, { now, ownerId: '' });
  const key = { type: 'AuditEvent', id: crypto.randomUUID() } as const;
  await writer.put({ key, resource: event, expectedVersionId: null });
}

/**
 * The access log. A read is answered only after its event is durable; events that arrive while one commit is under way share
 * the next one, so many readers cost few disk writes.
 */
export class AuditLog {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #onAudit: ((event: FhirResource) => void) | undefined;
  #waiting: Waiting[] = [];
  #running = false;

  constructor(options: {
    readonly store: Store;
    readonly clock: Clock;
    readonly onAudit: ((event: FhirResource) => void) | undefined;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#onAudit = options.onAudit;
  }

  /** Resolves when the event is durable; rejects when it could not be stored. */
  append(event: FhirResource): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ event, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  /** Tells the listener about events that were stored in a transaction of somebody else. */
  announce(event: FhirResource): void {
    try {
      this.#onAudit?.(event);
    } catch {
      // A listener's fault is not the reader's: the event is stored.
    }
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#commit(batch);
    }
    this.#running = false;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#store.transaction(async (tx) => {
        for (const { event } of batch) await putAuditEvent(tx, event, this.#clock.now());
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const { event, resolve } of batch) {
      resolve();
      this.announce(event);
    }
  }
}
