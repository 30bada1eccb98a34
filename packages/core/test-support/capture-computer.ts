// Brings the classes that idb looks for.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openCaptureStore, type CaptureStoreOptions } from '../src/outbox/store/open-capture-store.js';
import type { OutboxStore } from '../src/outbox/store/outbox-store.js';
import { MemoryLocks } from './memory-locks.js';

/** One computer: what survives a killed tab. */
export class Computer {
  readonly indexedDB = new IDBFactory();
  readonly locks = new MemoryLocks();

  /** Another tab; `kill()` of its locks is a crash. */
  async open(options: CaptureStoreOptions = {}): Promise<OutboxStore> {
    return openCaptureStore({ indexedDB: this.indexedDB, locks: this.locks, storage: null, channel: null, ...options });
  }
}

/** A page of these bytes. */
export function pageBlob(text: string): Blob {
  return new Blob([text], { type: 'image/jpeg' });
}
