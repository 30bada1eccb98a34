import { AnjuanError } from '@anjuan/core';
import { sql, type Kysely } from 'kysely';
import type { Json } from '../../fhir/json.js';
import type { FhirResource, ResourceKey, ResourceType } from '../../fhir/resource.js';
import type { AccessFacts } from '../../policy/access-facts.js';
import type { Condition, SearchPlan } from '../condition.js';
import type {
  HistoryOptions,
  SearchRow,
  SidecarEntry,
  SidecarKey,
  StoreCall,
  StoredVersion,
  StoreReader,
} from '../store.js';
import type { ParamIds } from './params.js';
import { chooseDriver, resolveChains } from './search-plan.js';
import { countSql, pageSql } from './search-sql.js';
import type { Tables } from './tables.js';

interface VersionRow {
  readonly type: string;
  readonly id: string;
  readonly access: string;
  readonly version: number;
  readonly last_updated: string;
  readonly body: string;
  readonly sha256: string | null;
  readonly size_bytes: number | null;
}

function toVersion(row: VersionRow): StoredVersion {
  return {
    type: row.type as ResourceType,
    id: row.id,
    versionId: String(row.version),
    lastUpdated: row.last_updated,
    resource: JSON.parse(row.body) as FhirResource,
    access: JSON.parse(row.access) as AccessFacts,
    ...(row.sha256 !== null && { blob: { sha256: row.sha256, sizeBytes: row.size_bytes ?? 0 } }),
  };
}

function checkAborted(call: StoreCall): void {
  if (call.signal?.aborted) throw new AnjuanError('aborted');
}

/** Reads through a connection, or inside a transaction. */
export class SqliteReader implements StoreReader {
  readonly #db: Kysely<Tables>;
  readonly #params: ParamIds;

  constructor(db: Kysely<Tables>, params: ParamIds) {
    this.#db = db;
    this.#params = params;
  }

  #versions(key: ResourceKey) {
    return this.#db
      .selectFrom('resource')
      .innerJoin('version', 'version.row', 'resource.row')
      .select(['resource.type', 'resource.id', 'resource.access'])
      .select(['version.version', 'version.last_updated', 'version.body', 'version.sha256', 'version.size_bytes'])
      .where('resource.type', '=', key.type)
      .where('resource.id', '=', key.id);
  }

  async read(key: ResourceKey, call: StoreCall = {}): Promise<StoredVersion | undefined> {
    checkAborted(call);
    const row = await this.#versions(key).whereRef('version.version', '=', 'resource.version').executeTakeFirst();
    return row && toVersion(row);
  }

  async readMany(keys: readonly ResourceKey[], call: StoreCall = {}): Promise<readonly StoredVersion[]> {
    checkAborted(call);
    const wanted = JSON.stringify(keys.map((key) => [key.type, key.id]));
    const query = sql<VersionRow>`SELECT r.type, r.id, r.access, v.version, v.last_updated, v.body, v.sha256, v.size_bytes
      FROM json_each(${wanted}) j
      CROSS JOIN resource r ON r.type = json_extract(j.value, '$[0]') AND r.id = json_extract(j.value, '$[1]')
      CROSS JOIN version v ON v.row = r.row AND v.version = r.version ORDER BY j.key`;
    return (await query.execute(this.#db)).rows.map(toVersion);
  }

  async vread(key: ResourceKey, versionId: string, call: StoreCall = {}): Promise<StoredVersion | undefined> {
    checkAborted(call);
    if (!/^[1-9]\d{0,9}$/.test(versionId)) return undefined;
    const row = await this.#versions(key).where('version.version', '=', Number(versionId)).executeTakeFirst();
    return row && toVersion(row);
  }

  async history(key: ResourceKey, options: HistoryOptions): Promise<readonly StoredVersion[]> {
    checkAborted(options);
    let query = this.#versions(key).orderBy('version.version', 'desc').limit(options.limit);
    if (options.beforeVersionId !== undefined) {
      query = query.where('version.version', '<', Number(options.beforeVersionId));
    }
    return (await query.execute()).map(toVersion);
  }

  async search(plan: SearchPlan, call: StoreCall = {}): Promise<readonly SearchRow[]> {
    checkAborted(call);
    const where = await resolveChains(this.#db, plan.where, this.#params);
    const driver = await chooseDriver(this.#db, where, this.#params);
    const direction = sql.raw(plan.sort.descending ? 'DESC' : 'ASC');
    const query = sql<VersionRow & { row: number; key_ms: number }>`SELECT h.row, h.key_ms,
      r.type, r.id, r.access, v.version, v.last_updated, v.body, v.sha256, v.size_bytes
      FROM (${pageSql({ ...plan, where }, driver, this.#params)}) h
      CROSS JOIN resource r ON r.row = h.row
      CROSS JOIN version v ON v.row = r.row AND v.version = r.version
      ORDER BY h.key_ms ${direction}, h.row ${direction}`;
    const result = await query.execute(this.#db);
    return result.rows.map((row) => ({ version: toVersion(row), position: { keyMs: row.key_ms, row: row.row } }));
  }

  async count(
    type: ResourceType,
    where: Condition,
    options: StoreCall & { readonly atMost?: number } = {},
  ): Promise<number> {
    checkAborted(options);
    const resolved = await resolveChains(this.#db, where, this.#params);
    const driver = await chooseDriver(this.#db, resolved, this.#params);
    const atMost = options.atMost ?? Number.MAX_SAFE_INTEGER;
    const result = await sql<{
      n: number;
    }>`${countSql({ type, where: resolved, atMost }, driver, this.#params)}`.execute(this.#db);
    return result.rows[0]?.n ?? 0;
  }

  async accessClasses(type: ResourceType, call: StoreCall = {}): Promise<readonly string[]> {
    checkAborted(call);
    const rows = await this.#db.selectFrom('access_class').select('access_class').where('type', '=', type).execute();
    return rows.map((row) => row.access_class);
  }

  async sidecar(key: SidecarKey, call: StoreCall = {}): Promise<Json | undefined> {
    checkAborted(call);
    const row = await this.#db
      .selectFrom('sidecar')
      .select('body')
      .where('document_id', '=', key.documentId)
      .where('version_id', '=', key.versionId)
      .where('kind', '=', key.kind)
      .executeTakeFirst();
    return row && (JSON.parse(row.body) as Json);
  }

  async sidecars(
    kind: string,
    refs: readonly { readonly documentId: string; readonly versionId: string }[],
    call: StoreCall = {},
  ): Promise<readonly SidecarEntry[]> {
    checkAborted(call);
    const wanted = JSON.stringify(refs.map((ref) => [ref.documentId, ref.versionId]));
    const query = sql<{ document_id: string; version_id: string; body: string }>`
      SELECT s.document_id, s.version_id, s.body FROM json_each(${wanted}) j CROSS JOIN sidecar s
      ON s.document_id = json_extract(j.value, '$[0]') AND s.version_id = json_extract(j.value, '$[1]') AND s.kind = ${kind}`;
    const result = await query.execute(this.#db);
    return result.rows.map((row) => ({
      documentId: row.document_id,
      versionId: row.version_id,
      kind,
      body: JSON.parse(row.body) as Json,
    }));
  }
}
