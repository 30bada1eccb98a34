import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** Index names as small numbers: they stand in every index row. */
export class ParamIds {
  #ids = new Map<string, number>();

  async load(db: Kysely<Tables>): Promise<void> {
    const rows = await db.selectFrom('param').selectAll().execute();
    this.#ids = new Map(rows.map((row) => [row.name, row.id]));
  }

  /** Undefined: nothing was ever indexed under the name. */
  find(name: string): number | undefined {
    return this.#ids.get(name);
  }

  async create(db: Kysely<Tables>, name: string): Promise<number> {
    const { id } = await db.insertInto('param').values({ name }).returning('id').executeTakeFirstOrThrow();
    this.#ids.set(name, id);
    return id;
  }

  /** The transaction that made these names is undone. */
  forget(names: Iterable<string>): void {
    for (const name of names) this.#ids.delete(name);
  }
}
