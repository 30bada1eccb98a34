import { isObject, stringAt, valuesAt } from '../fhir/json.js';
import { parseReference, referenceText } from '../fhir/references.js';
import { keyText, type FhirResource, type ResourceType } from '../fhir/resource.js';
import type { IndexPeriod, IndexTerm } from '../store/condition.js';
import { EARLIEST_MS, LATEST_MS, parseDate, type DateRange } from './date-range.js';
import { cut, endings } from './fold.js';
import { nameTexts } from './human-names.js';
import { wordTerms } from './name-terms.js';
import { commonParameters, indexName, searchParameters, type SearchParameter } from './parameters.js';
import { tokenTerms, tokenValues } from './token-terms.js';

export interface Extracted {
  readonly terms: readonly IndexTerm[];
  readonly periods: readonly IndexPeriod[];
}

interface Sink {
  readonly terms: IndexTerm[];
  readonly periods: IndexPeriod[];
}

/** The time a date, dateTime, instant or Period covers; open ends reach to the ends of time. */
export function periodOf(value: unknown): DateRange | undefined {
  if (typeof value === 'string') return parseDate(value);
  if (!isObject(value)) return undefined;
  const start = parseDate(stringAt(value, 'start') ?? '');
  const end = parseDate(stringAt(value, 'end') ?? '');
  if (!start && !end) return undefined;
  const fromMs = start?.fromMs ?? EARLIEST_MS;
  return { fromMs, toMs: Math.max(end?.toMs ?? LATEST_MS, fromMs + 1) };
}

function extractToken(index: string, value: unknown, sink: Sink): void {
  for (const token of tokenValues(value)) {
    for (const term of tokenTerms(token)) sink.terms.push({ param: index, value: term });
    for (const text of token.texts) {
      for (const term of endings(text)) sink.terms.push({ param: `${index}:text`, value: term });
    }
  }
}

function extractReference(
  index: string,
  targets: readonly ResourceType[] | undefined,
  value: unknown,
  sink: Sink,
): void {
  const literal = referenceText(value);
  const key = literal === undefined ? undefined : parseReference(literal);
  // `AuditEvent.patient` and `AuditEvent.entity` read the same elements and differ by type only.
  if (key && targets && !targets.includes(key.type)) return;
  if (literal !== undefined) {
    sink.terms.push({ param: index, value: key ? keyText(key) : cut(literal) });
  }
  const identifiers = isObject(value) ? tokenValues(value['identifier']) : [];
  for (const term of identifiers.flatMap(tokenTerms)) sink.terms.push({ param: `${index}:identifier`, value: term });
}

function extractText(index: string, text: string, sink: Sink): void {
  for (const term of endings(text)) sink.terms.push({ param: index, value: term });
  sink.terms.push({ param: `${index}:exact`, value: cut(text) });
}

function extractName(index: string, value: unknown, sink: Sink): void {
  for (const text of nameTexts(value)) {
    for (const term of wordTerms(text)) sink.terms.push({ param: index, value: term });
    sink.terms.push({ param: `${index}:exact`, value: cut(text) });
  }
}

function extractValue(index: string, parameter: SearchParameter, value: unknown, sink: Sink): void {
  switch (parameter.type) {
    case 'token':
      return extractToken(index, value, sink);
    case 'reference':
      return extractReference(index, parameter.targets, value, sink);
    case 'name':
      return extractName(index, value, sink);
    case 'string':
      if (typeof value === 'string') extractText(index, value, sink);
      return;
    case 'date': {
      const period = periodOf(value);
      if (period) sink.periods.push({ param: index, ...period });
      return;
    }
    case 'content':
      return;
  }
}

/** Index rows of one resource by the table alone. Odd shapes give none; nothing here throws. */
export function extract(type: ResourceType, resource: FhirResource): Extracted {
  const sink: Sink = { terms: [], periods: [] };
  for (const [name, parameter] of Object.entries({ ...commonParameters, ...searchParameters[type] })) {
    for (const path of parameter.paths) {
      for (const value of valuesAt(resource, path)) extractValue(indexName(type, name), parameter, value, sink);
    }
  }
  return sink;
}
