import { sql } from 'kysely';
import type { Condition, SearchPlan, SortOrder } from '../condition.js';
import type { ResourceType } from '../../fhir/resource.js';
import { probe, textList, type Sql } from './condition-sql.js';
import type { ParamIds } from './params.js';
import { mainBounds, termRows, type Driver } from './search-plan.js';

interface Source {
  readonly from: Sql;
  readonly filters: readonly Sql[];
  /** The sort value, as an expression. */
  readonly key: Sql;
}

const none: Sql = sql`SELECT 0 AS row, 0 AS key_ms WHERE 0`;

function source(plan: SearchPlan, driver: Driver, params: ParamIds): Source {
  const ordered = orderedSource(plan, driver);
  if (ordered) return ordered;
  const base = baseSource(driver, params);
  const column = sortColumn(plan.sort);
  if (column) return { from: base, filters: [], key: column };
  const param = plan.sort.by === 'key' ? (params.find(plan.sort.param) ?? -1) : -1;
  // A term that many rows carry cannot order them: walk the order and test each row.
  if (driver.kind === 'scan' || driver.kind === 'ordered') {
    return {
      from: sql`sort_key s CROSS JOIN resource r ON r.row = s.row`,
      filters: [sql`s.param = ${param}`],
      key: sql`s.key_ms`,
    };
  }
  return {
    from: sql`${base} CROSS JOIN sort_key s INDEXED BY sort_key_row ON s.row = r.row`,
    filters: [sql`s.param = ${param}`],
    key: sql`s.key_ms`,
  };
}

function orderedSource(plan: SearchPlan, driver: Driver): Source | undefined {
  if (driver.kind !== 'ordered' || plan.sort.by !== 'main') return undefined;
  return {
    from: sql`term d CROSS JOIN resource r ON r.row = d.row`,
    filters: [sql`d.param = ${driver.param} AND d.value = ${driver.value}`],
    key: sql`d.main_ms`,
  };
}

/** Binds `r`; a driver that cannot order is used as a row set. */
function baseSource(driver: Driver, params: ParamIds): Sql {
  if (driver.kind === 'rows') {
    const rows = termRows(driver.condition, driver.param, params);
    return sql`(SELECT DISTINCT row FROM (${rows})) d CROSS JOIN resource r ON r.row = d.row`;
  }
  return sql`resource r`;
}

function sortColumn(sort: SortOrder): Sql | undefined {
  if (sort.by === 'main') return sql`r.main_ms`;
  return sort.by === 'last-updated' ? sql`r.last_updated_ms` : undefined;
}

function filtersOf(type: ResourceType, where: Condition, driver: Driver, params: ParamIds): readonly Sql[] {
  const filters = [sql`r.type = ${type}`, probe(where, params)];
  if (driver.kind === 'ids') filters.push(sql`r.id IN (${textList(driver.ids)})`);
  return filters;
}

/** The rows of one page with their sort values, in order. */
export function pageSql(plan: SearchPlan, driver: Driver, params: ParamIds): Sql {
  if (driver.kind === 'empty') return none;
  const { from, filters, key } = source(plan, driver, params);
  const all = [...filters, ...filtersOf(plan.type, plan.where, driver, params)];
  const bounds = plan.sort.by === 'main' ? mainBounds(plan.where, plan.sort.param) : {};
  if (bounds.fromMs !== undefined) all.push(sql`${key} >= ${bounds.fromMs}`);
  if (bounds.toMs !== undefined) all.push(sql`${key} < ${bounds.toMs}`);
  const direction = sql.raw(plan.sort.descending ? 'DESC' : 'ASC');
  if (plan.after) {
    const { keyMs, row } = plan.after;
    const inclusive = sql.raw(plan.sort.descending ? '<=' : '>=');
    const beyond = sql.raw(plan.sort.descending ? '<' : '>');
    all.push(sql`${key} ${inclusive} ${keyMs} AND (${key} ${beyond} ${keyMs} OR r.row ${beyond} ${row})`);
  }
  return sql`SELECT r.row AS row, ${key} AS key_ms FROM ${from} WHERE ${sql.join(all, sql` AND `)}
    ORDER BY ${key} ${direction}, r.row ${direction} LIMIT ${plan.limit}`;
}

/** `n`: how many rows match, up to `atMost`. */
export function countSql(
  query: { readonly type: ResourceType; readonly where: Condition; readonly atMost: number },
  driver: Driver,
  params: ParamIds,
): Sql {
  if (driver.kind === 'empty') return sql`SELECT 0 AS n`;
  const filters = filtersOf(query.type, query.where, driver, params);
  const from =
    driver.kind === 'ordered'
      ? sql`(SELECT row FROM term WHERE param = ${driver.param} AND value = ${driver.value}) d CROSS JOIN resource r ON r.row = d.row`
      : baseSource(driver, params);
  return sql`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${sql.join(filters, sql` AND `)} LIMIT ${query.atMost})`;
}
