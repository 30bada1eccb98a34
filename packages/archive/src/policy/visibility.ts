import type { ResourceType } from '../fhir/resource.js';
import type { VisibleFilters } from '../search/compile-search.js';
import type { Condition } from '../store/condition.js';
import type { StoreReader } from '../store/store.js';
import type { Access } from './access.js';

/** What one user may read or know of, as index filters; each type's access classes are read once. */
export class Visibility implements VisibleFilters {
  readonly #access: Access;
  readonly #reader: StoreReader;
  readonly #classes = new Map<ResourceType, Promise<readonly string[]>>();

  constructor(access: Access, reader: StoreReader) {
    this.#access = access;
    this.#reader = reader;
  }

  async filter(type: ResourceType, tier: 'read' | 'lock'): Promise<Condition> {
    const classes = this.#classes.get(type) ?? this.#reader.accessClasses(type);
    this.#classes.set(type, classes);
    return this.#access.filter(await classes, tier);
  }
}

/** No filter: for integrity checks whose matches never reach the user. */
export const unfiltered: VisibleFilters = {
  filter: (_type, tier) => Promise.resolve({ kind: tier === 'read' ? 'all' : 'any', of: [] }),
};
