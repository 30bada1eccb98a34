import { wrap, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { SCHEMA_VERSION, type CaptureSchema, type StoreName } from './schema.js';
import { storageError } from './storage-error.js';

type Database = IDBPDatabase<CaptureSchema>;
/** A transaction over the stores of the capture database. */
export type Write = IDBPTransaction<CaptureSchema, StoreName[], 'readwrite'>;
type Read = IDBPTransaction<CaptureSchema, StoreName[], 'readonly'>;

/** Durability of a transaction: `strict` waits for the disk. @source W3C IndexedDB 3.0, transaction durability hint */
export type Durability = 'strict' | 'relaxed';

/** The database, opened when it is needed and again when the browser closed it. */
export class Connection {
  readonly #factory: IDBFactory;
  readonly #name: string;
  #database: Promise<Database> | undefined;
  #closed = false;

  constructor(factory: IDBFactory, name: string) {
    this.#factory = factory;
    this.#name = name;
  }

  /** All of `work` is written, or nothing. Errors: those of `work`, `storage-full`, `storage-failed`. */
  async write<T>(
    stores: readonly StoreName[],
    work: (tx: Write) => Promise<T>,
    durability: Durability = 'strict',
  ): Promise<T> {
    const tx = await this.#begin((database) => database.transaction([...stores], 'readwrite', { durability }));
    // Waited for below; without this, a transaction that `work` gave up would be an unhandled rejection.
    tx.done.catch(() => undefined);
    try {
      const result = await work(tx);
      await tx.done;
      return result;
    } catch (error) {
      abort(tx);
      throw storageError(tx.error ?? error);
    }
  }

  /** One consistent view. Errors: `storage-failed`. */
  async read<T>(stores: readonly StoreName[], work: (tx: Read) => Promise<T>): Promise<T> {
    const tx = await this.#begin((database) => database.transaction([...stores]));
    tx.done.catch(() => undefined);
    try {
      return await work(tx);
    } catch (error) {
      throw storageError(error);
    }
  }

  close(): void {
    this.#closed = true;
    void this.#database?.then((database) => database.close()).catch(() => undefined);
    this.#database = undefined;
  }

  async #begin<T>(start: (database: Database) => T): Promise<T> {
    try {
      try {
        return start(await this.#open());
      } catch (error) {
        // The browser may close a connection behind our back (storage trouble, cleared site data).
        if (this.#closed || (error as { name?: unknown }).name !== 'InvalidStateError') throw error;
        this.#database = undefined;
        return start(await this.#open());
      }
    } catch (error) {
      throw storageError(error);
    }
  }

  #open(): Promise<Database> {
    if (this.#closed) return Promise.reject(new DOMException('The store is closed.', 'InvalidStateError'));
    this.#database ??= openDatabase(this.#factory, this.#name).catch((error: unknown) => {
      this.#database = undefined;
      throw error;
    });
    return this.#database;
  }
}

function abort(tx: Write): void {
  try {
    tx.abort();
  } catch {
    // It is over already.
  }
}

async function openDatabase(factory: IDBFactory, name: string): Promise<Database> {
  const request = factory.open(name, SCHEMA_VERSION);
  request.onupgradeneeded = () => {
    const database = request.result;
    database.createObjectStore('batches', { keyPath: 'batchId' });
    const pages = database.createObjectStore('pages', { keyPath: 'pageId' });
    pages.createIndex('order', ['batchId', 'seq'], { unique: true });
    const contents = database.createObjectStore('contents', { keyPath: ['ownerId', 'kind'] });
    contents.createIndex('batch', 'batchId');
    for (const store of ['keys', 'totals', 'abandoned']) database.createObjectStore(store);
    database.createObjectStore('claims', { keyPath: 'name' });
  };
  const database = (await wrap(request)) as unknown as Database;
  // A newer release in another tab must be able to change the database.
  database.onversionchange = () => database.close();
  return database;
}
