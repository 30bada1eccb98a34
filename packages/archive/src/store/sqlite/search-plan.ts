import { sql, type Kysely } from 'kysely';
import type { Condition } from '../condition.js';
import { seek, valueMatch, type Sql, type TermCondition } from './condition-sql.js';
import type { ParamIds } from './params.js';
import type { Tables } from './tables.js';

/**
 * Where a search starts: the engine cannot know how rare a term is, so we count (up to a cap) before we choose.
 * - `rows`: few rows carry this term: fetch them all, then sort.
 * - `ordered`: many do: walk the term's own rows in main order and stop at the limit.
 * - `scan`: no usable term: walk the type in sort order.
 */
export type Driver =
  | { readonly kind: 'rows'; readonly condition: TermCondition; readonly param: number }
  | { readonly kind: 'ordered'; readonly param: number; readonly value: string }
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'scan' };

/** Below this many rows, sorting them is cheaper than walking an order. */
const FEW = 400;
/** Counting further would cost more than a wrong choice. */
const COUNT_CAP = 1500;

function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'all' ? condition.of.flatMap(conjuncts) : [condition];
}

/** Up to so many targets a chain becomes a plain list of references. */
const FEW_TARGETS = 200;

/**
 * The same filter with its chains answered first, where few resources satisfy them: who is called so is asked once, not for
 * every document.
 */
export async function resolveChains(db: Kysely<Tables>, where: Condition, params: ParamIds): Promise<Condition> {
  if (where.kind === 'all') {
    const of: Condition[] = [];
    for (const part of where.of) of.push(await resolveChains(db, part, params));
    return { kind: 'all', of };
  }
  if (where.kind !== 'chain') return where;
  const { target, param } = where;
  const query = sql<{ id: string }>`SELECT r.id FROM resource r WHERE r.type = ${target}
    AND ${seek(where.where, params)} LIMIT ${FEW_TARGETS + 1}`;
  const { rows } = await query.execute(db);
  if (rows.length > FEW_TARGETS) return where;
  return { kind: 'term', param, values: rows.map(({ id }) => `${target}/${id}`) };
}

/** Term rows of a driver, as a table of `row`. */
export function termRows(condition: TermCondition, param: number, params: ParamIds): Sql {
  return sql`SELECT t.row FROM term t WHERE t.param = ${param} AND ${valueMatch(condition, params)}`;
}

async function estimate(db: Kysely<Tables>, rows: Sql): Promise<number> {
  const query = sql<{ n: number }>`SELECT count(*) AS n FROM (${rows} LIMIT ${COUNT_CAP})`;
  const result = await query.execute(db);
  return result.rows[0]?.n ?? 0;
}

export async function chooseDriver(db: Kysely<Tables>, where: Condition, params: ParamIds): Promise<Driver> {
  let best: { condition: TermCondition; param: number; rows: number } | undefined;
  let ordered: { param: number; value: string; rows: number } | undefined;
  for (const part of conjuncts(where)) {
    if (part.kind === 'id') return { kind: 'ids', ids: part.ids };
    if (part.kind === 'any' && part.of.length === 0) return { kind: 'empty' };
    if (part.kind !== 'term' && part.kind !== 'prefix' && part.kind !== 'chain') continue;
    const param = params.find(part.param);
    if (param === undefined) return { kind: 'empty' };
    const rows = await estimate(db, termRows(part, param, params));
    if (rows === 0) return { kind: 'empty' };
    if (!best || rows < best.rows) best = { condition: part, param, rows };
    const value = part.kind === 'term' && part.values.length === 1 ? part.values[0] : undefined;
    if (value !== undefined && (!ordered || rows < ordered.rows)) ordered = { param, value, rows };
  }
  if (best && best.rows <= FEW) return { kind: 'rows', condition: best.condition, param: best.param };
  if (ordered) return { kind: 'ordered', param: ordered.param, value: ordered.value };
  if (best && best.rows < COUNT_CAP) return { kind: 'rows', condition: best.condition, param: best.param };
  return { kind: 'scan' };
}

/** Bounds of the main order that the filter implies, when it filters the period the order starts from. */
export function mainBounds(where: Condition, param: string): { readonly fromMs?: number; readonly toMs?: number } {
  let fromMs: number | undefined;
  let toMs: number | undefined;
  for (const part of conjuncts(where)) {
    if ((part.kind !== 'overlap' && part.kind !== 'within') || part.param !== param) continue;
    if (part.toMs !== undefined) toMs = Math.min(toMs ?? Infinity, part.toMs);
    if (part.kind === 'within' && part.fromMs !== undefined) fromMs = Math.max(fromMs ?? -Infinity, part.fromMs);
  }
  return { ...(fromMs !== undefined && { fromMs }), ...(toMs !== undefined && { toMs }) };
}
