import { Listeners } from '../listeners.js';
import type { StoreEvent } from '../types.js';

/** The part of `BroadcastChannel` that is used. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'close' | 'addEventListener' | 'removeEventListener'>;

/** Tells every tab what changed: ids only. */
export class StoreEvents {
  readonly #listeners = new Listeners<StoreEvent>();
  readonly #channel: Channel | undefined;
  readonly #hear = (message: Event): void => {
    const event = (message as MessageEvent<unknown>).data;
    if (isStoreEvent(event)) this.#listeners.tell(event);
  };

  constructor(channel: Channel | undefined) {
    this.#channel = channel;
    channel?.addEventListener('message', this.#hear);
  }

  /** Tells this tab and the others. */
  emit(...events: readonly StoreEvent[]): void {
    for (const event of events) {
      this.#listeners.tell(event);
      this.#channel?.postMessage(event);
    }
  }

  watch(listener: (event: StoreEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#channel?.removeEventListener('message', this.#hear);
    this.#channel?.close();
  }
}

function isStoreEvent(value: unknown): value is StoreEvent {
  const type = (value as { type?: unknown } | null)?.type;
  return type === 'batch' || type === 'page' || type === 'room';
}
