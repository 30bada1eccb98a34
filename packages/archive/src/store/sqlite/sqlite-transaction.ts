import { AnjuanError } from '@anjuan/core';
import { sql, type Transaction } from 'kysely';
import type { ResourceKey } from '../../fhir/resource.js';
import type { IndexEntry } from '../condition.js';
import { stamped } from '../stamped.js';
import type { ResourceWrite, SidecarEntry, StoredVersion, StoreTransaction } from '../store.js';
import type { ParamIds } from './params.js';
import { SqliteReader } from './sqlite-reader.js';
import type { Tables } from './tables.js';

/** Writes of one SQL transaction. */
export class SqliteTransaction extends SqliteReader implements StoreTransaction {
  readonly #db: Transaction<Tables>;
  readonly #params: ParamIds;
  readonly #madeNames: Set<string>;

  /** `madeNames` collects the index names that exist only if this transaction commits. */
  constructor(db: Transaction<Tables>, params: ParamIds, madeNames: Set<string>) {
    super(db, params);
    this.#db = db;
    this.#params = params;
    this.#madeNames = madeNames;
  }

  async #param(name: string): Promise<number> {
    const known = this.#params.find(name);
    if (known !== undefined) return known;
    this.#madeNames.add(name);
    return this.#params.create(this.#db, name);
  }

  async put(write: ResourceWrite): Promise<StoredVersion> {
    const known = await this.#find(write);
    const current = known ? String(known.version) : null;
    if (current !== write.expectedVersionId) throw new AnjuanError('version-conflict');
    const version = (known?.version ?? 0) + 1;
    const row = known?.row ?? (await this.#insert(write));
    const resource = stamped(write, String(version));
    await this.#db
      .insertInto('version')
      .values({
        row,
        version,
        last_updated: write.lastUpdated,
        body: JSON.stringify(resource),
        sha256: write.blob?.sha256 ?? null,
        size_bytes: write.blob?.sizeBytes ?? null,
      })
      .execute();
    await this.#index(row, { ...write, version, fresh: !known });
    const { type, id, lastUpdated, access, blob } = write;
    return { type, id, versionId: String(version), lastUpdated, resource, access, ...(blob && { blob }) };
  }

  async reindex(key: ResourceKey, facts: Parameters<StoreTransaction['reindex']>[1]): Promise<void> {
    const known = await this.#find(key);
    if (known) await this.#index(known.row, { ...key, ...facts, version: known.version, fresh: false });
  }

  async remove(key: ResourceKey): Promise<void> {
    const known = await this.#find(key);
    if (!known) return;
    await this.#clear(known.row);
    await this.#db.deleteFrom('version').where('row', '=', known.row).execute();
    await this.#db.deleteFrom('resource').where('row', '=', known.row).execute();
  }

  async namesBlob(sha256: string): Promise<boolean> {
    const found = await this.#db.selectFrom('version').select('row').where('sha256', '=', sha256).limit(1).execute();
    return found.length > 0;
  }

  async putSidecar(entry: SidecarEntry): Promise<void> {
    const body = JSON.stringify(entry.body);
    await this.#db
      .insertInto('sidecar')
      .values({ document_id: entry.documentId, version_id: entry.versionId, kind: entry.kind, body })
      .onConflict((conflict) => conflict.columns(['document_id', 'version_id', 'kind']).doUpdateSet({ body }))
      .execute();
  }

  async dropSidecars(ref: { readonly documentId: string; readonly versionId?: string }): Promise<void> {
    let query = this.#db.deleteFrom('sidecar').where('document_id', '=', ref.documentId);
    if (ref.versionId !== undefined) query = query.where('version_id', '=', ref.versionId);
    await query.execute();
  }

  #find(key: ResourceKey): Promise<{ row: number; version: number } | undefined> {
    return this.#db
      .selectFrom('resource')
      .select(['row', 'version'])
      .where('type', '=', key.type)
      .where('id', '=', key.id)
      .executeTakeFirst();
  }

  async #insert(write: ResourceWrite): Promise<number> {
    const { row } = await this.#db
      .insertInto('resource')
      .values({
        type: write.type,
        id: write.id,
        version: 0,
        last_updated_ms: 0,
        main_ms: 0,
        access_class: '',
        access: '{}',
      })
      .returning('row')
      .executeTakeFirstOrThrow();
    return row;
  }

  async #index(
    row: number,
    facts: Pick<ResourceWrite, 'type' | 'access' | 'index'> & { readonly version: number; readonly fresh: boolean },
  ): Promise<void> {
    const { index } = facts;
    await this.#db
      .updateTable('resource')
      .set({
        version: facts.version,
        last_updated_ms: index.lastUpdatedMs,
        main_ms: index.mainMs,
        access_class: index.accessClass,
        access: JSON.stringify(facts.access),
      })
      .where('row', '=', row)
      .execute();
    const accessClass = { type: facts.type, access_class: index.accessClass };
    await this.#db.insertInto('access_class').values(accessClass).orIgnore().execute();
    if (!facts.fresh) await this.#clear(row);
    await this.#insertIndex(row, index);
  }

  async #clear(row: number): Promise<void> {
    await this.#db.deleteFrom('term').where('row', '=', row).execute();
    await this.#db.deleteFrom('period').where('row', '=', row).execute();
    await this.#db.deleteFrom('sort_key').where('row', '=', row).execute();
  }

  /** One statement a table: each crossing into the engine costs more than a row. */
  async #insertIndex(row: number, index: IndexEntry): Promise<void> {
    const terms: [number, string][] = [];
    for (const term of index.terms) terms.push([await this.#param(term.param), term.value]);
    await sql`INSERT OR IGNORE INTO term (param, value, main_ms, row)
      SELECT json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]'), ${index.mainMs}, ${row}
      FROM json_each(${JSON.stringify(terms)}) j`.execute(this.#db);
    for (const period of index.periods) {
      const param = await this.#param(period.param);
      const values = { row, param, from_ms: period.fromMs, to_ms: period.toMs };
      await this.#db.insertInto('period').values(values).orIgnore().execute();
    }
    for (const [name, keyMs] of Object.entries(index.sortKeys)) {
      const param = await this.#param(name);
      await this.#db.insertInto('sort_key').values({ param, key_ms: keyMs, row }).orIgnore().execute();
    }
  }
}
