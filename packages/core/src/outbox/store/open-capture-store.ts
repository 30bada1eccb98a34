import { systemClock, type Clock } from '../../lifecycle/clock.js';
import { captureError } from '../../errors/capture-codes.js';
import { subtleCrypto } from '../digest/hash-blob.js';
import { AskedClaims, type ClaimBook } from '../claims/asked-claims.js';
import type { Claims } from '../claims/claims.js';
import { lockClaims, type Locks } from '../claims/lock-claims.js';
import { batchClaim, uploaderClaim } from '../claims/claim-names.js';
import type { BatchLead } from '../types.js';
import { BatchStore } from './batch-store.js';
import { Connection } from './connection.js';
import type { OutboxStore } from './outbox-store.js';
import { PageStore } from './page-store.js';
import { Room, type StorageWatch } from './room.js';
import { TOTALS_NAME } from './schema.js';
import { StoreContext } from './store-context.js';
import { StoreEvents, type Channel } from './store-events.js';

/** Where and how a store keeps pages. Everything but `name` and `encrypt` is for tests. */
export interface CaptureStoreOptions {
  /** Name of the database; one for each user of a shared computer keeps them apart. No patient data. Default `anjuan-capture`. */
  readonly name?: string;
  /** Encrypts all bytes on the disk with a key that cannot leave this browser. Needs https. Default false. */
  readonly encrypt?: boolean;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
  /** Default: that of the browser. */
  readonly indexedDB?: IDBFactory;
  /** Default: the Web Locks of the browser; `null`: as if it had none. */
  readonly locks?: Locks | null;
  /** Default: `navigator.storage`; `null`: as if it had none. */
  readonly storage?: StorageWatch | null;
  /** Makes a channel to the other tabs. Default: a `BroadcastChannel`; `null`: as if the browser had none. */
  readonly channel?: ((name: string) => Channel) | null;
}

/**
 * Opens the store of captured pages on this computer. Everything confirmed before a crash is there again; uploads that died
 * with their tab wait for the uploader again. Where Web Locks are missing (plain http), tabs ask each other.
 * Errors: `insecure-context` when encryption is asked for on plain http, `storage-failed`.
 */
export async function openCaptureStore(options: CaptureStoreOptions = {}): Promise<OutboxStore> {
  const { name = 'anjuan-capture', encrypt = false, clock = systemClock } = options;
  if (encrypt && !subtleCrypto()) throw captureError('insecure-context', { details: { reason: 'encryption' } });
  const factory = options.indexedDB ?? (globalThis as { indexedDB?: IDBFactory }).indexedDB;
  if (!factory) throw captureError('storage-failed', { details: { reason: 'no-indexeddb' } });
  const openChannel = channelMaker(options.channel);
  const connection = new Connection(factory, name);
  const context = new StoreContext({
    connection,
    events: new StoreEvents(openChannel(`${name}:store`)),
    room: new Room(options.storage === undefined ? platform()?.storage : (options.storage ?? undefined)),
    clock,
    encrypt,
  });
  const locks = options.locks === undefined ? platform()?.locks : (options.locks ?? undefined);
  const claiming = locks ? { claims: lockClaims(locks), close: () => undefined } : askedClaims();
  const store = assemble({ name, context, claims: claiming.claims, closeClaims: claiming.close });
  const recovered = recover(store).catch(() => undefined);
  // Without locks, a dead uploader is known as dead only after a second of silence; the batches need not wait for that.
  if (locks) await recovered;
  return store;

  function askedClaims(): { readonly claims: Claims; readonly close: () => void } {
    const claims = new AskedClaims({ book: claimBook(connection), channel: openChannel(`${name}:claims`), clock });
    return { claims, close: () => claims.close() };
  }
}

interface Assembly {
  readonly name: string;
  readonly context: StoreContext;
  readonly claims: Claims;
  readonly closeClaims: () => void;
}

function assemble({ name, context, claims, closeClaims }: Assembly): OutboxStore {
  const batches = new BatchStore(context);
  const pages = new PageStore(context);
  const { connection, events, room } = context;
  return {
    name,
    claims,
    createBatch: ({ target } = {}) => batches.create(target),
    batches: () => batches.list(),
    batch: (batchId) => batches.get(batchId),
    storedBatch: (batchId) => batches.stored(batchId),
    lead: (batchId, { signal } = {}) => lead({ name, claims, batchId, ...(signal && { signal }) }),
    updateBatch: (batchId, change) => batches.update(batchId, change),
    addPage: (page) => pages.add(page),
    pages: (batchId) => pages.list(batchId),
    page: (pageId) => pages.get(pageId),
    updatePage: (pageId, change) => pages.update(pageId, change),
    removePage: (pageId) => pages.remove(pageId),
    restorePage: (pageId) => pages.restore(pageId),
    bytes: (pageId, kind) => pages.bytes(pageId, kind),
    discardBatch: (batchId) => batches.discard(batchId),
    room: async () => {
      const totals = await connection.read(['totals'], (tx) => tx.objectStore('totals').get(TOTALS_NAME));
      return room.measure(totals ?? { pages: 0, bytes: 0 });
    },
    watch: (listener) => events.watch(listener),
    wipe: () => batches.wipe(),
    close: () => {
      events.close();
      closeClaims();
      connection.close();
    },
    noteUpload: (pageId, note) => pages.noteUpload(pageId, note),
    acknowledge: (pageId, acknowledgement) => pages.acknowledge(pageId, acknowledgement),
    beginFinish: (batchId, files) => batches.beginFinish(batchId, files),
    documentBytes: (batchId, documentId) => batches.documentBytes(batchId, documentId),
    noteDocumentUpload: (batchId, documentId, upload) => batches.noteDocumentUpload(batchId, documentId, upload),
    reopen: (batchId, errorCode) => batches.reopen(batchId, errorCode),
    markSubmitted: (receipt) => batches.markSubmitted(receipt),
    markSeen: (batchId) => batches.markSeen(batchId),
    requeueUploads: () => pages.requeue(),
    abandonedUploads: () => connection.read(['abandoned'], (tx) => tx.objectStore('abandoned').getAll()),
    forgetAbandoned: (url) => connection.write(['abandoned'], (tx) => tx.objectStore('abandoned').delete(url)),
  };
}

async function lead(options: {
  readonly name: string;
  readonly claims: Claims;
  readonly batchId: string;
  readonly signal?: AbortSignal;
}): Promise<BatchLead> {
  const { name, claims, batchId, signal } = options;
  const release = await claims.take(batchClaim(name, batchId), signal ? { signal } : {});
  if (!release) throw captureError('batch-in-use');
  return { batchId, release };
}

/** Only when no tab uploads: an upload of a living tab must not be taken for a dead one. */
async function recover(store: OutboxStore): Promise<void> {
  const release = await store.claims.take(uploaderClaim(store.name));
  if (!release) return;
  try {
    await store.requeueUploads();
  } finally {
    release();
  }
}

function claimBook(connection: Connection): ClaimBook {
  return {
    enter: (name, { holder, gone }) =>
      connection.write(['claims'], async (tx) => {
        const current = (await tx.objectStore('claims').get(name))?.holder;
        if (current !== undefined && current !== gone) return current;
        await tx.objectStore('claims').put({ name, holder });
        return holder;
      }),
    leave: (name, holder) =>
      connection.write(['claims'], async (tx) => {
        if ((await tx.objectStore('claims').get(name))?.holder === holder) await tx.objectStore('claims').delete(name);
      }),
  };
}

function channelMaker(given: CaptureStoreOptions['channel']): (name: string) => Channel | undefined {
  if (given !== undefined) return (name) => given?.(name);
  return (name) => (typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : undefined);
}

/** Window or worker; plain http pages have neither locks nor storage manager. */
function platform(): { readonly locks?: LockManager; readonly storage?: StorageWatch } | undefined {
  return (globalThis as unknown as { navigator?: { locks?: LockManager; storage?: StorageWatch } }).navigator;
}
