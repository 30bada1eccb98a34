import type { SortOrder } from '../store/condition.js';
import type { StoredVersion, StoreReader } from '../store/store.js';
import type { CompiledSearch } from './compile-search.js';
import type { Cursor } from './cursor.js';

export interface SearchMatch {
  readonly version: StoredVersion;
}

export interface FoundPage {
  readonly matches: readonly SearchMatch[];
  readonly next?: Cursor;
  /** Readable and locked together; absent when counting would be dear and nobody asked for it. */
  readonly total?: number;
}

/** Up to here a total comes unasked. */
const CHEAP_TOTAL = 200;

/** One page: readable rows first, in order, then locked ones, in order. */
export async function runSearch(
  reader: StoreReader,
  compiled: CompiledSearch,
  options: { readonly after: Cursor | undefined; readonly signal?: AbortSignal },
): Promise<FoundPage> {
  const call = options.signal ? { signal: options.signal } : {};
  const total = await countTotal(reader, compiled, call);
  const totalPart = total === undefined ? {} : { total };
  const { count, countOnly } = compiled.options;
  if (countOnly) return { matches: [], ...totalPart };
  const { after } = options;
  const matches: SearchMatch[] = [];
  for (let index = after?.tier ?? 0; index < compiled.tiers.length; index += 1) {
    const tier = compiled.tiers[index];
    if (!tier) break;
    const room = count - matches.length;
    const sort = sortOf(compiled, tier.tier);
    const from = after && after.tier === index ? { after: { keyMs: after.keyMs, row: after.row } } : {};
    // One row more than fits tells whether there is a next page.
    const rows = await reader.search({ type: compiled.type, where: tier.where, sort, limit: room + 1, ...from }, call);
    const fitting = rows.slice(0, room);
    matches.push(...fitting.map(({ version }) => ({ version })));
    const last = fitting.at(-1);
    if (rows.length <= room) continue;
    // A tier that starts where the page is full goes on from its very beginning.
    const position = last?.position ?? beforeFirst(sort.descending);
    return { matches, next: { tier: index, ...position }, ...totalPart };
  }
  return { matches, ...totalPart };
}

/** Where a locked row stands must not tell its date. */
function sortOf(compiled: CompiledSearch, tier: 'read' | 'lock'): SortOrder {
  return tier === 'read' ? compiled.options.sort : { by: 'last-updated', descending: true };
}

function beforeFirst(descending: boolean): { readonly keyMs: number; readonly row: number } {
  return descending ? { keyMs: Number.MAX_SAFE_INTEGER, row: 0 } : { keyMs: Number.MIN_SAFE_INTEGER, row: 0 };
}

async function countTotal(
  reader: StoreReader,
  compiled: CompiledSearch,
  call: { readonly signal?: AbortSignal },
): Promise<number | undefined> {
  const { total, countOnly } = compiled.options;
  if (total === 'none' && !countOnly) return undefined;
  const exact = countOnly || total === 'accurate';
  let sum = 0;
  for (const { where } of compiled.tiers) {
    sum += await reader.count(compiled.type, where, exact ? call : { ...call, atMost: CHEAP_TOTAL + 1 });
    if (!exact && sum > CHEAP_TOTAL) return undefined;
  }
  return sum;
}
