import type { FhirResource, ResourceType } from '../fhir/resource.js';
import { accessClassOf, type AccessFacts } from '../policy/access-facts.js';
import { NO_DATE_MS, type IndexEntry } from '../store/condition.js';
import type { ResourceWrite } from '../store/store.js';

export interface SampleOptions {
  readonly type?: ResourceType;
  readonly expected?: string | null;
  readonly terms?: Readonly<Record<string, readonly string[]>>;
  readonly period?: readonly [fromMs: number, toMs: number];
  readonly labels?: readonly string[];
  readonly dateMs?: number;
  readonly content?: Readonly<Record<string, string>>;
}

/** A write for store tests: no FHIR meaning, only what a store sees. */
export function sampleWrite(id: string, options: SampleOptions = {}): ResourceWrite {
  const type = options.type ?? 'DocumentReference';
  const access: AccessFacts = {
    kind: 'clinical',
    labels: options.labels ?? ['N'],
    recordStatus: 'archived',
    departments: [],
    practitionerIds: [],
  };
  const mainMs = options.period?.[0] ?? NO_DATE_MS;
  const index: IndexEntry = {
    terms: Object.entries(options.terms ?? {}).flatMap(([param, values]) => values.map((value) => ({ param, value }))),
    periods: options.period ? [{ param: 'period', fromMs: options.period[0], toMs: options.period[1] }] : [],
    mainMs,
    lastUpdatedMs: 0,
    sortKeys: { date: options.dateMs ?? NO_DATE_MS },
    accessClass: accessClassOf(access),
  };
  const resource: FhirResource = { resourceType: type, ...options.content };
  return {
    type,
    id,
    resource,
    lastUpdated: '2026-01-01T00:00:00.000Z',
    access,
    index,
    expectedVersionId: options.expected ?? null,
  };
}
