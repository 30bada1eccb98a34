import { AnjuanError } from '@anjuan/core';
import { Kysely } from 'kysely';
import type { Store, StoreCall, StoreTransaction } from '../store.js';
import { WasmSqliteDialect } from './dialect.js';
import { openDatabase } from './open-database.js';
import { ParamIds } from './params.js';
import { SqliteReader } from './sqlite-reader.js';
import { SqliteTransaction } from './sqlite-transaction.js';
import type { Tables } from './tables.js';

/** One SQLite file, open in one process. What was acknowledged survives kill -9. */
export class SqliteStore extends SqliteReader implements Store {
  readonly #db: Kysely<Tables>;
  readonly #params: ParamIds;
  readonly #release: () => void;

  private constructor(parts: { readonly db: Kysely<Tables>; readonly params: ParamIds; readonly release: () => void }) {
    super(parts.db, parts.params);
    this.#db = parts.db;
    this.#params = parts.params;
    this.#release = parts.release;
  }

  /** Creates the file when it is missing. Throws `server-fault` while another process has it open. */
  static async open(options: { readonly path: string }): Promise<SqliteStore> {
    const { db: engine, release } = openDatabase(options.path);
    const db = new Kysely<Tables>({ dialect: new WasmSqliteDialect(engine) });
    const params = new ParamIds();
    await params.load(db);
    return new SqliteStore({ db, params, release });
  }

  async transaction<T>(work: (tx: StoreTransaction) => Promise<T>, call: StoreCall = {}): Promise<T> {
    const madeNames = new Set<string>();
    try {
      return await this.#db.transaction().execute(async (tx) => {
        if (call.signal?.aborted) throw new AnjuanError('aborted');
        return work(new SqliteTransaction(tx, this.#params, madeNames));
      });
    } catch (error) {
      this.#params.forget(madeNames);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#db.destroy();
    this.#release();
  }
}
