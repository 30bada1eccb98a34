import type { Database, Statement } from 'node-sqlite3-wasm';

/** Prepared statements by SQL text, least recently used first out. The engine does not collect them by itself. */
export class StatementCache {
  readonly #db: Database;
  readonly #capacity: number;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Database, capacity = 200) {
    this.#db = db;
    this.#capacity = capacity;
  }

  prepare(text: string): Statement {
    const known = this.#statements.get(text);
    const statement = known ?? this.#db.prepare(text);
    if (known) this.#statements.delete(text);
    this.#statements.set(text, statement);
    this.#evict();
    return statement;
  }

  #evict(): void {
    for (const [text, statement] of this.#statements) {
      if (this.#statements.size <= this.#capacity) return;
      this.#statements.delete(text);
      statement.finalize();
    }
  }

  close(): void {
    for (const statement of this.#statements.values()) statement.finalize();
    this.#statements.clear();
  }
}
