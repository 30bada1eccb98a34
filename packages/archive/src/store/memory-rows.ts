import { keyText, type ResourceKey, type ResourceType } from '../fhir/resource.js';
import type { IndexEntry } from './condition.js';
import type { StoredVersion } from './store.js';

/** One resource with all its versions, oldest first. Replaced as a whole on every change, so undo is a pointer. */
export interface MemoryRow {
  readonly row: number;
  readonly key: ResourceKey;
  readonly versions: readonly StoredVersion[];
  readonly index: IndexEntry;
  readonly termValues: ReadonlyMap<string, ReadonlySet<string>>;
}

export function currentOf(row: MemoryRow): StoredVersion {
  const current = row.versions.at(-1);
  if (!current) throw new RangeError('a row has at least one version');
  return current;
}

export function groupTerms(index: IndexEntry): ReadonlyMap<string, ReadonlySet<string>> {
  const grouped = new Map<string, Set<string>>();
  for (const term of index.terms) {
    const values = grouped.get(term.param) ?? new Set<string>();
    grouped.set(term.param, values.add(term.value));
  }
  return grouped;
}

/** Rows by key, by type and by term, kept in step. */
export class MemoryTable {
  readonly #byKey = new Map<string, MemoryRow>();
  readonly #byType = new Map<ResourceType, Set<string>>();
  readonly #byTerm = new Map<string, Map<string, Set<string>>>();

  get(key: ResourceKey): MemoryRow | undefined {
    return this.#byKey.get(keyText(key));
  }

  /** Puts a row, or takes it out when `row` is undefined. Returns what was there. */
  set(key: ResourceKey, row: MemoryRow | undefined): MemoryRow | undefined {
    const text = keyText(key);
    const before = this.#byKey.get(text);
    if (before) this.#unlink(text, before);
    if (row) this.#link(text, row);
    return before;
  }

  ofType(type: ResourceType): MemoryRow[] {
    return this.#rows(this.#byType.get(type));
  }

  withTerm(param: string, values: readonly string[]): MemoryRow[] {
    const keys = new Set<string>();
    for (const value of values) {
      for (const key of this.#byTerm.get(param)?.get(value) ?? []) keys.add(key);
    }
    return this.#rows(keys);
  }

  #rows(keys: ReadonlySet<string> | undefined): MemoryRow[] {
    const rows: MemoryRow[] = [];
    for (const key of keys ?? []) {
      const row = this.#byKey.get(key);
      if (row) rows.push(row);
    }
    return rows;
  }

  #link(text: string, row: MemoryRow): void {
    this.#byKey.set(text, row);
    const sameType = this.#byType.get(row.key.type) ?? new Set();
    this.#byType.set(row.key.type, sameType.add(text));
    for (const [param, values] of row.termValues) {
      const byValue = this.#byTerm.get(param) ?? new Map<string, Set<string>>();
      this.#byTerm.set(param, byValue);
      for (const value of values) byValue.set(value, (byValue.get(value) ?? new Set()).add(text));
    }
  }

  #unlink(text: string, row: MemoryRow): void {
    this.#byKey.delete(text);
    this.#byType.get(row.key.type)?.delete(text);
    for (const [param, values] of row.termValues) {
      for (const value of values) this.#byTerm.get(param)?.get(value)?.delete(text);
    }
  }
}
