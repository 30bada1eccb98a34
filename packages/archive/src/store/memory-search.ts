import type { Condition, SearchPlan, SortOrder } from './condition.js';
import { currentOf, type MemoryRow, type MemoryTable } from './memory-rows.js';
import type { SearchRow } from './store.js';

/** True when the row satisfies the condition. */
export function matches(table: MemoryTable, row: MemoryRow, condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => matches(table, row, part));
    case 'any':
      return condition.of.some((part) => matches(table, row, part));
    case 'not':
      return !matches(table, row, condition.of);
    case 'term': {
      const values = row.termValues.get(condition.param);
      return values !== undefined && condition.values.some((value) => values.has(value));
    }
    case 'prefix':
      return [...(row.termValues.get(condition.param) ?? [])].some((value) => value.startsWith(condition.value));
    case 'overlap':
    case 'within':
      return matchesPeriod(row, condition);
    case 'chain':
      return matchesChain(table, row, condition);
    case 'id':
      return condition.ids.includes(row.key.id);
    case 'access-class':
      return condition.classes.includes(row.index.accessClass);
  }
}

function matchesPeriod(row: MemoryRow, condition: Extract<Condition, { kind: 'overlap' | 'within' }>): boolean {
  const from = condition.fromMs ?? -Infinity;
  const to = condition.toMs ?? Infinity;
  return row.index.periods.some((period) => {
    if (period.param !== condition.param) return false;
    if (condition.kind === 'within') return period.fromMs >= from && period.toMs <= to;
    return period.fromMs < to && period.toMs > from;
  });
}

function matchesChain(table: MemoryTable, row: MemoryRow, condition: Extract<Condition, { kind: 'chain' }>): boolean {
  const prefix = `${condition.target}/`;
  for (const value of row.termValues.get(condition.param) ?? []) {
    if (!value.startsWith(prefix)) continue;
    const target = table.get({ type: condition.target, id: value.slice(prefix.length) });
    if (target && matches(table, target, condition.where)) return true;
  }
  return false;
}

function candidates(table: MemoryTable, plan: Pick<SearchPlan, 'type' | 'where'>): MemoryRow[] {
  const parts = plan.where.kind === 'all' ? plan.where.of : [plan.where];
  let best: MemoryRow[] | undefined;
  for (const part of parts) {
    if (part.kind !== 'term') continue;
    const found = table.withTerm(part.param, part.values);
    if (!best || found.length < best.length) best = found;
  }
  return best ?? table.ofType(plan.type);
}

/** Rows of the type that satisfy the condition, in no order. */
export function select(table: MemoryTable, plan: Pick<SearchPlan, 'type' | 'where'>): MemoryRow[] {
  return candidates(table, plan).filter((row) => row.key.type === plan.type && matches(table, row, plan.where));
}

function sortValue(row: MemoryRow, sort: SortOrder): number {
  if (sort.by === 'main') return row.index.mainMs;
  if (sort.by === 'last-updated') return row.index.lastUpdatedMs;
  return row.index.sortKeys[sort.param] ?? 0;
}

export function searchMemory(table: MemoryTable, plan: SearchPlan): SearchRow[] {
  const sign = plan.sort.descending ? -1 : 1;
  const order = (a: SearchRow, b: SearchRow): number =>
    sign * (a.position.keyMs - b.position.keyMs || a.position.row - b.position.row);
  const after = plan.after;
  const rows = select(table, plan).map((row) => ({
    version: currentOf(row),
    position: { keyMs: sortValue(row, plan.sort), row: row.row },
  }));
  return rows
    .filter(({ position }) => {
      if (!after) return true;
      return sign * (position.keyMs - after.keyMs || position.row - after.row) > 0;
    })
    .sort(order)
    .slice(0, plan.limit);
}
