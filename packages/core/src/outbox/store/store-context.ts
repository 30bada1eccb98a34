import type { Clock } from '../../lifecycle/clock.js';
import { AnjuanError } from '../../errors/anjuan-error.js';
import { captureError } from '../../errors/capture-codes.js';
import { hashBlob } from '../digest/hash-blob.js';
import type { BatchPage, StoredBytes } from '../types.js';
import type { Connection, Durability, Write } from './connection.js';
import type { Room } from './room.js';
import {
  KEY_NAME,
  TOTALS_NAME,
  type StoredBatch,
  type StoredContent,
  type StoredKey,
  type StoreName,
} from './schema.js';
import type { StoreEvents } from './store-events.js';
import { createKey, seal, unseal, type ContentName } from './vault.js';

/** What all parts of a store share. */
export interface StoreParts {
  readonly connection: Connection;
  readonly events: StoreEvents;
  readonly room: Room;
  readonly clock: Clock;
  /** Bytes are encrypted before they are written. */
  readonly encrypt: boolean;
}

/** Plain bytes on their way into the store. */
export interface NewContent extends ContentName {
  readonly batchId: string;
  readonly blob: Blob;
}

/** Thrown inside a transaction when another tab wiped the key meanwhile; never leaves this file. */
class KeyChanged extends Error {}

/** What the parts of a store do together. */
export class StoreContext {
  readonly connection: Connection;
  readonly events: StoreEvents;
  readonly room: Room;
  readonly clock: Clock;
  readonly #encrypt: boolean;
  #key: Promise<StoredKey> | undefined;

  constructor(parts: StoreParts) {
    this.connection = parts.connection;
    this.events = parts.events;
    this.room = parts.room;
    this.clock = parts.clock;
    this.#encrypt = parts.encrypt;
  }

  /**
   * Seals the bytes, then writes them in the same transaction as what `work` writes: bytes without an owner, or an owner
   * without bytes, cannot come to be.
   */
  async writeWithContents<T>(
    stores: readonly StoreName[],
    contents: readonly NewContent[],
    work: (tx: Write) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      const key = this.#encrypt ? await this.#currentKey() : undefined;
      const sealed = await Promise.all(contents.map((content) => sealedContent(content, key)));
      try {
        return await this.connection.write([...new Set([...stores, 'contents', 'keys'] as const)], async (tx) => {
          if (key && (await tx.objectStore('keys').get(KEY_NAME))?.keyId !== key.keyId) throw new KeyChanged();
          const result = await work(tx);
          for (const content of sealed) await tx.objectStore('contents').put(content);
          return result;
        });
      } catch (error) {
        if (!((error as { cause?: unknown }).cause instanceof KeyChanged)) throw error;
        this.#key = undefined;
      }
    }
  }

  write<T>(stores: readonly StoreName[], work: (tx: Write) => Promise<T>, durability?: Durability): Promise<T> {
    return this.connection.write(stores, work, durability);
  }

  /** Plain bytes, checked. Errors: `integrity-mismatch`. */
  async open(content: StoredContent | undefined, bytes: StoredBytes): Promise<Blob> {
    if (!content) throw damaged('missing');
    const key = content.cipher && (await this.connection.read(['keys'], (tx) => tx.objectStore('keys').get(KEY_NAME)));
    try {
      const blob = await unseal(content, key, bytes.mime);
      if (blob.size === bytes.sizeBytes && (await hashBlob(blob)) === bytes.sha256) return blob;
    } catch (error) {
      throw AnjuanError.is(error) ? error : damaged('unreadable');
    }
    throw damaged('digest');
  }

  forgetKey(): void {
    this.#key = undefined;
  }

  async announceRoom(): Promise<void> {
    const totals = await this.connection.read(['totals'], (tx) => tx.objectStore('totals').get(TOTALS_NAME));
    const room = await this.room.measure(totals ?? { pages: 0, bytes: 0 });
    if (this.room.changed(room)) this.events.emit({ type: 'room', room });
  }

  #currentKey(): Promise<StoredKey> {
    this.#key ??= this.#loadKey().catch((error: unknown) => {
      this.#key = undefined;
      throw error;
    });
    return this.#key;
  }

  async #loadKey(): Promise<StoredKey> {
    const fresh = await createKey();
    return this.connection.write(['keys'], async (tx) => {
      const known = await tx.objectStore('keys').get(KEY_NAME);
      if (known) return known;
      await tx.objectStore('keys').put(fresh, KEY_NAME);
      return fresh;
    });
  }
}

async function sealedContent(content: NewContent, key: StoredKey | undefined): Promise<StoredContent> {
  const { ownerId, kind, batchId, blob } = content;
  // A slice of the whole drops the name of a File: it may be that of a patient.
  const bytes = key ? await seal(blob, content, key) : { blob: blob.slice(0, blob.size, blob.type) };
  return { ownerId, kind, batchId, ...bytes };
}

function damaged(reason: string): AnjuanError {
  return new AnjuanError('integrity-mismatch', { retryable: false, details: { reason } });
}

/** What the store will say of these bytes. */
export async function describeBytes(blob: Blob): Promise<StoredBytes> {
  const mime = blob.type === '' ? 'application/octet-stream' : blob.type;
  return { sha256: await hashBlob(blob), sizeBytes: blob.size, mime };
}

/** The batch, inside a transaction. Errors: `batch-not-found`. */
export async function batchIn(tx: Write, batchId: string): Promise<StoredBatch> {
  const batch = await tx.objectStore('batches').get(batchId);
  if (!batch) throw captureError('batch-not-found');
  return batch;
}

/** The batch, as long as it may be changed. Errors: `batch-not-found`, `invalid-argument`. */
export async function openBatchIn(tx: Write, batchId: string): Promise<StoredBatch> {
  const batch = await batchIn(tx, batchId);
  if (batch.state === 'open') return batch;
  throw new AnjuanError('invalid-argument', {
    message: 'The batch is being finished, or is finished; it changes no more.',
    details: { reason: 'batch-state' },
  });
}

/** The page, inside a transaction. Errors: `batch-not-found`. */
export async function pageIn(tx: Write, pageId: string): Promise<BatchPage> {
  const page = await tx.objectStore('pages').get(pageId);
  if (!page) throw captureError('batch-not-found', { details: { reason: 'page' } });
  return page;
}

/** Writes a changed batch. */
export async function putBatch(tx: Write, batch: StoredBatch): Promise<StoredBatch> {
  const next = { ...batch, revision: batch.revision + 1 };
  await tx.objectStore('batches').put(next);
  return next;
}

/** Pages of a batch by `seq`: every key that begins with its id. */
export function pagesOf(batchId: string): IDBKeyRange {
  return IDBKeyRange.bound([batchId], [batchId, []]);
}
