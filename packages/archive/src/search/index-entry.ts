import { accessTerms } from '../policy/access-index.js';
import { accessClassOf, type AccessFacts } from '../policy/access-facts.js';
import type { FhirResource, ResourceType } from '../fhir/resource.js';
import { NO_DATE_MS, type IndexEntry, type IndexTerm } from '../store/condition.js';
import { EARLIEST_MS } from './date-range.js';
import { extract } from './extract.js';
import { commonParameters, indexName, mainOrder, searchParameters } from './parameters.js';

export interface IndexInput {
  readonly type: ResourceType;
  readonly resource: FhirResource;
  readonly lastUpdated: string;
  readonly access: AccessFacts;
  /** Terms that need more than the resource itself. */
  readonly extraTerms: readonly IndexTerm[];
}

/** Parameters of a type that `_sort` accepts, besides `_lastUpdated`. */
export function sortableParameters(type: ResourceType): readonly string[] {
  const own = Object.entries(searchParameters[type]);
  return own.filter(([, parameter]) => parameter.type === 'date').map(([name]) => name);
}

/** Everything a store indexes for one resource. */
export function indexEntry(input: IndexInput): IndexEntry {
  const { type, resource, access } = input;
  const { terms, periods } = extract(type, resource);
  const lastUpdatedMs = Date.parse(input.lastUpdated);
  const startOf = (name: string): number => {
    const found = periods.find((period) => period.param === indexName(type, name));
    return found && found.fromMs > EARLIEST_MS ? found.fromMs : NO_DATE_MS;
  };
  const main = mainOrder[type];
  const others = sortableParameters(type).filter((name) => name !== main);
  const updated = { param: indexName(type, '_lastUpdated'), fromMs: lastUpdatedMs, toMs: lastUpdatedMs + 1 };
  return {
    terms: [...terms, ...input.extraTerms, ...accessTerms(access)],
    periods: [...periods.filter((period) => period.param !== updated.param), updated],
    mainMs: Object.hasOwn(commonParameters, main) ? lastUpdatedMs : startOf(main),
    lastUpdatedMs,
    sortKeys: Object.fromEntries(others.map((name) => [indexName(type, name), startOf(name)])),
    accessClass: accessClassOf(access),
  };
}
