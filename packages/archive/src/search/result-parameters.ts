import { badRequest } from '../fhir/refusal.js';
import { isResourceType, type ResourceType } from '../fhir/resource.js';
import type { SortOrder } from '../store/condition.js';
import { findParameter, indexName, mainOrder } from './parameters.js';
import { sortableParameters } from './index-entry.js';

export interface Include {
  readonly source: ResourceType;
  readonly parameter: string;
  readonly target?: ResourceType;
}

/** How the result is cut and dressed. */
export interface ResultOptions {
  readonly sort: SortOrder;
  readonly count: number;
  /** `bounded`: counted when that is cheap. */
  readonly total: 'none' | 'bounded' | 'accurate';
  readonly countOnly: boolean;
  readonly includes: readonly Include[];
  readonly revIncludes: readonly Include[];
  readonly elements: readonly string[];
  readonly cursor?: string;
}

export const DEFAULT_COUNT = 20;

export function defaultOptions(type: ResourceType): ResultOptions {
  return {
    sort: sortBy(type, mainOrder[type], true),
    count: DEFAULT_COUNT,
    total: 'bounded',
    countOnly: false,
    includes: [],
    revIncludes: [],
    elements: [],
  };
}

function sortBy(type: ResourceType, name: string, descending: boolean): SortOrder {
  if (name === '_lastUpdated') return { by: 'last-updated', descending };
  const param = indexName(type, name);
  return name === mainOrder[type] ? { by: 'main', param, descending } : { by: 'key', param, descending };
}

function parseSort(type: ResourceType, value: string): SortOrder | undefined {
  const descending = value.startsWith('-');
  const name = descending ? value.slice(1) : value;
  const known = name === '_lastUpdated' || sortableParameters(type).includes(name);
  return known ? sortBy(type, name, descending) : undefined;
}

function parseInclude(value: string): Include | undefined {
  const [source, parameter = '', target, ...more] = value.split(':');
  if (!isResourceType(source) || more.length > 0) return undefined;
  if (findParameter(source, parameter)?.type !== 'reference') return undefined;
  if (target === undefined) return { source, parameter };
  return isResourceType(target) ? { source, parameter, target } : undefined;
}

function parseCount(value: string, maxCount: number): number {
  if (!/^\d{1,9}$/.test(value)) throw badRequest('_count is not a whole number.', ['_count']);
  return Math.min(Number(value), maxCount);
}

const elementPattern = /^[A-Za-z]+(,[A-Za-z]+)*$/;

/**
 * The options after one more parameter; undefined when it is none of these or cannot be honoured.
 * `ignored` parameters are known and need nothing.
 */
export function applyResultParameter(
  type: ResourceType,
  options: ResultOptions,
  parameter: { readonly name: string; readonly value: string; readonly maxCount: number },
): ResultOptions | undefined {
  const { name, value } = parameter;
  switch (name) {
    case '_count': {
      const count = parseCount(value, parameter.maxCount);
      return { ...options, count, countOnly: options.countOnly || count === 0 };
    }
    case '_sort': {
      const sort = parseSort(type, value);
      return sort && { ...options, sort };
    }
    case '_total':
      if (value === 'accurate' || value === 'none') return { ...options, total: value };
      return value === 'estimate' ? { ...options, total: 'bounded' } : undefined;
    case '_summary':
      if (value === 'count') return { ...options, countOnly: true };
      return value === 'false' ? options : undefined;
    case '_include': {
      const include = parseInclude(value);
      return include?.source === type ? { ...options, includes: [...options.includes, include] } : undefined;
    }
    case '_revinclude': {
      const include = parseInclude(value);
      return include && { ...options, revIncludes: [...options.revIncludes, include] };
    }
    case '_elements':
      return elementPattern.test(value) ? { ...options, elements: value.split(',') } : undefined;
    case '_cursor':
      return { ...options, cursor: value };
    default:
      return undefined;
  }
}
