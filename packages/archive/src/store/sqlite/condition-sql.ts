import { sql, type RawBuilder } from 'kysely';
import type { Condition } from '../condition.js';
import type { ParamIds } from './params.js';

export type Sql = RawBuilder<unknown>;

const TRUE: Sql = sql`1`;
const FALSE: Sql = sql`0`;
/** Sorts after every character that may follow a prefix. */
const LAST = '\u{10FFFF}';

export function textList(values: readonly string[]): Sql {
  return sql.join(values.map((value) => sql`${value}`));
}

/** A filter on resource `r`, answered for one row at a time. */
export function probe(condition: Condition, params: ParamIds): Sql {
  switch (condition.kind) {
    case 'all':
      return joined(condition.of, ' AND ', TRUE, params);
    case 'any':
      return joined(condition.of, ' OR ', FALSE, params);
    case 'not':
      return sql`NOT ${probe(condition.of, params)}`;
    case 'id':
      return condition.ids.length === 0 ? FALSE : sql`r.id IN (${textList(condition.ids)})`;
    case 'access-class':
      return condition.classes.length === 0 ? FALSE : sql`r.access_class IN (${textList(condition.classes)})`;
    case 'overlap':
    case 'within':
      return periodProbe(condition, params);
    case 'term':
    case 'prefix':
    case 'chain':
      return termProbe(condition, params);
  }
}

function joined(parts: readonly Condition[], word: ' AND ' | ' OR ', empty: Sql, params: ParamIds): Sql {
  if (parts.length === 0) return empty;
  return sql`(${sql.join(
    parts.map((part) => probe(part, params)),
    sql.raw(word),
  )})`;
}

export type TermCondition = Extract<Condition, { kind: 'term' | 'prefix' | 'chain' }>;

/** What the value of a term row `t` must satisfy. */
export function valueMatch(condition: TermCondition, params: ParamIds): Sql {
  if (condition.kind === 'term') {
    return condition.values.length === 0 ? FALSE : sql`t.value IN (${textList(condition.values)})`;
  }
  if (condition.kind === 'prefix') {
    return sql`t.value >= ${condition.value} AND t.value < ${condition.value + LAST}`;
  }
  const target = condition.target;
  return sql`t.value IN (SELECT ${`${target}/`} || r.id FROM resource r WHERE r.type = ${target} AND ${seek(condition.where, params)})`;
}

/** A row has few values of one index: reading them beats a seek for each wanted one. The plus keeps the index out of it. */
function probeMatch(condition: TermCondition, params: ParamIds): Sql {
  if (condition.kind !== 'term' || condition.values.length < 3) return valueMatch(condition, params);
  return sql`+t.value IN (${textList(condition.values)})`;
}

function termProbe(condition: TermCondition, params: ParamIds): Sql {
  const param = params.find(condition.param);
  if (param === undefined) return FALSE;
  return sql`EXISTS (SELECT 1 FROM term t INDEXED BY term_row WHERE t.row = r.row AND t.param = ${param} AND ${probeMatch(condition, params)})`;
}

function periodProbe(condition: Extract<Condition, { kind: 'overlap' | 'within' }>, params: ParamIds): Sql {
  const param = params.find(condition.param);
  if (param === undefined) return FALSE;
  const { fromMs, toMs, kind } = condition;
  const parts: Sql[] = [sql`p.row = r.row AND p.param = ${param}`];
  if (fromMs !== undefined) parts.push(kind === 'within' ? sql`p.from_ms >= ${fromMs}` : sql`p.to_ms > ${fromMs}`);
  if (toMs !== undefined) parts.push(kind === 'within' ? sql`p.to_ms <= ${toMs}` : sql`p.from_ms < ${toMs}`);
  return sql`EXISTS (SELECT 1 FROM period p WHERE ${sql.join(parts, sql` AND `)})`;
}

/** A filter on resource `r` for places without another driver: positive term filters become row sets. */
export function seek(condition: Condition, params: ParamIds): Sql {
  if (condition.kind === 'all' && condition.of.length > 0) {
    return sql`(${sql.join(
      condition.of.map((part) => seek(part, params)),
      sql` AND `,
    )})`;
  }
  if (condition.kind === 'any' && condition.of.length > 0) {
    return sql`(${sql.join(
      condition.of.map((part) => seek(part, params)),
      sql` OR `,
    )})`;
  }
  if (condition.kind !== 'term' && condition.kind !== 'prefix') return probe(condition, params);
  const param = params.find(condition.param);
  if (param === undefined) return FALSE;
  return sql`r.row IN (SELECT t.row FROM term t WHERE t.param = ${param} AND ${valueMatch(condition, params)})`;
}
