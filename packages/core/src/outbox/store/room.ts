import { captureError } from '../../errors/capture-codes.js';
import type { StorageRoom } from '../types.js';
import type { StoredTotals } from './schema.js';

/** Share of the quota from which the user is told. */
const LOW_SHARE = 0.85;
/** Share of the quota from which capture stops, so that uploading always has room to work. */
const FULL_SHARE = 0.95;

/** The part of `StorageManager` that is used. */
export interface StorageWatch {
  estimate(): Promise<{ readonly usage?: number; readonly quota?: number }>;
  persist(): Promise<boolean>;
  persisted(): Promise<boolean>;
}

/** Watches how much room the browser leaves this origin. */
export class Room {
  readonly #storage: StorageWatch | undefined;
  #asked = false;
  #last: StorageRoom['state'] | undefined;

  constructor(storage: StorageWatch | undefined) {
    this.#storage = storage;
  }

  /** Where the browser tells nothing (plain http), room is taken for ample and the quota for 0: unknown. */
  async measure(totals: StoredTotals): Promise<StorageRoom> {
    const { usage, quota } = await this.#estimate();
    const meanBytes = totals.pages > 0 ? totals.bytes / totals.pages : undefined;
    const leftBytes = Math.max(0, quota * FULL_SHARE - usage);
    return {
      state: stateOf(usage, quota),
      usedBytes: usage,
      quotaBytes: quota,
      ...(meanBytes !== undefined && quota > 0 && { remainingPages: Math.floor(leftBytes / Math.max(1, meanBytes)) }),
      persisted: await this.#persisted(),
    };
  }

  /** Lets a new page in. Errors: `storage-full`. */
  async admit(sizeBytes: number): Promise<void> {
    const { usage, quota } = await this.#estimate();
    if (quota > 0 && usage + sizeBytes >= quota * FULL_SHARE) {
      throw captureError('storage-full', { details: { usedBytes: usage, quotaBytes: quota } });
    }
  }

  /** Asks the browser once not to evict; it may ask the user, or refuse. */
  async askToPersist(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    if (!(await this.#persisted())) await this.#storage?.persist().catch(() => false);
  }

  /** True when the state is another one than at the last call. */
  changed(room: StorageRoom): boolean {
    const changed = this.#last !== room.state;
    this.#last = room.state;
    return changed;
  }

  async #estimate(): Promise<{ readonly usage: number; readonly quota: number }> {
    const estimate = await this.#storage?.estimate().catch(() => undefined);
    return { usage: estimate?.usage ?? 0, quota: estimate?.quota ?? 0 };
  }

  async #persisted(): Promise<boolean> {
    return (await this.#storage?.persisted().catch(() => false)) ?? false;
  }
}

function stateOf(usage: number, quota: number): StorageRoom['state'] {
  if (quota <= 0) return 'ample';
  if (usage >= quota * FULL_SHARE) return 'full';
  return usage >= quota * LOW_SHARE ? 'low' : 'ample';
}
