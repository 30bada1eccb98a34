import { AnjuanError } from '@anjuan/core';
import type { Json } from '../fhir/json.js';
import type { ResourceKey, ResourceType } from '../fhir/resource.js';
import type { Condition, IndexEntry, SearchPlan } from './condition.js';
import { currentOf, groupTerms, type MemoryRow, type MemoryTable } from './memory-rows.js';
import { searchMemory, select } from './memory-search.js';
import { stamped } from './stamped.js';
import type {
  HistoryOptions,
  ResourceWrite,
  SearchRow,
  SidecarEntry,
  SidecarKey,
  StoredVersion,
  StoreTransaction,
} from './store.js';

export function sidecarText(key: SidecarKey): string {
  return `${key.documentId}/${key.versionId}/${key.kind}`;
}

export interface MemoryState {
  readonly table: MemoryTable;
  readonly sidecars: Map<string, SidecarEntry>;
  nextRow: number;
}

/** Works on the state directly and can take everything back. */
export class MemoryTransaction implements StoreTransaction {
  readonly #state: MemoryState;
  readonly #undo: (() => void)[] = [];

  constructor(state: MemoryState) {
    this.#state = state;
  }

  rollback(): void {
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) undo();
  }

  async read(key: ResourceKey): Promise<StoredVersion | undefined> {
    const row = this.#state.table.get(key);
    return row && currentOf(row);
  }

  async readMany(keys: readonly ResourceKey[]): Promise<readonly StoredVersion[]> {
    return keys.flatMap((key) => {
      const row = this.#state.table.get(key);
      return row ? [currentOf(row)] : [];
    });
  }

  async vread(key: ResourceKey, versionId: string): Promise<StoredVersion | undefined> {
    const row = this.#state.table.get(key);
    const found = row?.versions.find((version) => version.versionId === versionId);
    return row && found && { ...found, access: currentOf(row).access };
  }

  async history(key: ResourceKey, options: HistoryOptions): Promise<readonly StoredVersion[]> {
    const row = this.#state.table.get(key);
    if (!row) return [];
    const before = options.beforeVersionId === undefined ? Infinity : Number(options.beforeVersionId);
    const { access } = currentOf(row);
    const older = row.versions.filter((version) => Number(version.versionId) < before);
    return older
      .reverse()
      .slice(0, options.limit)
      .map((version) => ({ ...version, access }));
  }

  async search(plan: SearchPlan): Promise<readonly SearchRow[]> {
    return searchMemory(this.#state.table, plan);
  }

  async count(type: ResourceType, where: Condition, options: { readonly atMost?: number } = {}): Promise<number> {
    return Math.min(select(this.#state.table, { type, where }).length, options.atMost ?? Infinity);
  }

  async accessClasses(type: ResourceType): Promise<readonly string[]> {
    return [...new Set(this.#state.table.ofType(type).map((row) => row.index.accessClass))];
  }

  async sidecar(key: SidecarKey): Promise<Json | undefined> {
    return this.#state.sidecars.get(sidecarText(key))?.body;
  }

  async sidecars(
    kind: string,
    refs: readonly { readonly documentId: string; readonly versionId: string }[],
  ): Promise<readonly SidecarEntry[]> {
    return refs.flatMap((ref) => {
      const found = this.#state.sidecars.get(sidecarText({ ...ref, kind }));
      return found ? [found] : [];
    });
  }

  async put(write: ResourceWrite): Promise<StoredVersion> {
    const key: ResourceKey = { type: write.type, id: write.id };
    const before = this.#state.table.get(key);
    const current = before ? currentOf(before).versionId : null;
    if (current !== write.expectedVersionId) throw new AnjuanError('version-conflict');
    const versionId = String(Number(current ?? 0) + 1);
    const version: StoredVersion = {
      ...key,
      versionId,
      lastUpdated: write.lastUpdated,
      resource: structuredClone(stamped(write, versionId)),
      access: write.access,
      ...(write.blob && { blob: write.blob }),
    };
    const row = before?.row ?? this.#state.nextRow++;
    this.#set({ row, key, versions: [...(before?.versions ?? []), version], ...indexed(write.index) });
    return version;
  }

  async reindex(key: ResourceKey, facts: Parameters<StoreTransaction['reindex']>[1]): Promise<void> {
    const before = this.#state.table.get(key);
    if (!before) return;
    const versions = [...before.versions.slice(0, -1), { ...currentOf(before), access: facts.access }];
    this.#set({ ...before, versions, ...indexed(facts.index) });
  }

  async remove(key: ResourceKey): Promise<void> {
    const before = this.#state.table.set(key, undefined);
    this.#undo.push(() => this.#state.table.set(key, before));
  }

  async namesBlob(sha256: string): Promise<boolean> {
    const rows = this.#state.table.ofType('Binary');
    return rows.some(({ versions }) => versions.some(({ blob }) => blob?.sha256 === sha256));
  }

  async putSidecar(entry: SidecarEntry): Promise<void> {
    this.#setSidecar(sidecarText(entry), { ...entry, body: structuredClone(entry.body) });
  }

  async dropSidecars(ref: { readonly documentId: string; readonly versionId?: string }): Promise<void> {
    for (const [text, entry] of [...this.#state.sidecars]) {
      const sameVersion = ref.versionId === undefined || ref.versionId === entry.versionId;
      if (entry.documentId === ref.documentId && sameVersion) this.#setSidecar(text, undefined);
    }
  }

  #set(row: MemoryRow): void {
    const before = this.#state.table.set(row.key, row);
    this.#undo.push(() => this.#state.table.set(row.key, before));
  }

  #setSidecar(text: string, entry: SidecarEntry | undefined): void {
    const { sidecars } = this.#state;
    const before = sidecars.get(text);
    if (entry) sidecars.set(text, entry);
    else sidecars.delete(text);
    this.#undo.push(() => {
      if (before) sidecars.set(text, before);
      else sidecars.delete(text);
    });
  }
}

function indexed(index: IndexEntry): Pick<MemoryRow, 'index' | 'termValues'> {
  return { index, termValues: groupTerms(index) };
}
