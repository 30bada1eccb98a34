import type { ResourceType } from '../fhir/resource.js';

/**
 * A compiled search filter over index terms: what every store must be able to answer from its index.
 * `param` names an index, for example `DocumentReference.type`.
 */
export type Condition =
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'term'; readonly param: string; readonly values: readonly string[] }
  | { readonly kind: 'prefix'; readonly param: string; readonly value: string }
  /** Some period of `param` overlaps [from, to) in milliseconds; either end may be open. */
  | { readonly kind: 'overlap'; readonly param: string; readonly fromMs?: number; readonly toMs?: number }
  /** Some period of `param` lies wholly in [from, to). */
  | { readonly kind: 'within'; readonly param: string; readonly fromMs?: number; readonly toMs?: number }
  /** The term value of `param` is `Type/id` of a resource of `target` that satisfies `where`. */
  | { readonly kind: 'chain'; readonly param: string; readonly target: ResourceType; readonly where: Condition }
  | { readonly kind: 'id'; readonly ids: readonly string[] }
  | { readonly kind: 'access-class'; readonly classes: readonly string[] };

/** A period in the index; instants have `fromMs + 1 === toMs` or the width of their precision. */
export interface IndexPeriod {
  readonly param: string;
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

/** A value a resource can be found by. */
export interface IndexTerm {
  readonly param: string;
  readonly value: string;
}

/** Sort value of a resource that has no such date: last when descending. */
export const NO_DATE_MS = -8_640_000_000_000_000;

/** Everything a store indexes for one resource; computed by the archive, never by a store. */
export interface IndexEntry {
  readonly terms: readonly IndexTerm[];
  readonly periods: readonly IndexPeriod[];
  /** The type's main order in milliseconds, for example the admission of a document. */
  readonly mainMs: number;
  readonly lastUpdatedMs: number;
  /** Further orders, by index name. Every resource of a type has the same names. */
  readonly sortKeys: Readonly<Record<string, number>>;
  /** See `accessClassOf`. */
  readonly accessClass: string;
}

/** In which order rows come. */
export type SortOrder =
  /** `param`: the index of periods whose start is the main order; lets a store bound its scan. */
  | { readonly by: 'main'; readonly param: string; readonly descending: boolean }
  | { readonly by: 'last-updated'; readonly descending: boolean }
  | { readonly by: 'key'; readonly param: string; readonly descending: boolean };

/** Which rows, in which order, from where. Ties are broken by row number in the same direction. */
export interface SearchPlan {
  readonly type: ResourceType;
  readonly where: Condition;
  readonly sort: SortOrder;
  readonly limit: number;
  /** Position of the last row already delivered. */
  readonly after?: SearchPosition;
}

/** The place of a row in an order: keyset paging goes on after it. */
export interface SearchPosition {
  readonly keyMs: number;
  readonly row: number;
}
