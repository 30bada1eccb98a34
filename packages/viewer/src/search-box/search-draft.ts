import type { RecordQuery } from '@anjuan/core';
import { displayText } from './display-text.js';
import type { SearchBoxTexts } from './search-box.messages.js';

/** What the fields hold while a person types. Dates as `<input type="date">` gives them. */
export interface SearchDraft {
  readonly text: string;
  readonly dischargedFrom: string;
  readonly dischargedTo: string;
  readonly department: string;
  readonly diagnosis: string;
}

export const EMPTY_DRAFT: SearchDraft = {
  text: '',
  dischargedFrom: '',
  dischargedTo: '',
  department: '',
  diagnosis: '',
};

export type FilterName = Exclude<keyof SearchDraft, 'text'>;

/** A draft asks for nothing, asks something impossible, or is a query. */
export type DraftReading =
  | { readonly kind: 'blank' }
  | { readonly kind: 'range-reversed' }
  | { readonly kind: 'query'; readonly query: RecordQuery };

/** Longer input is a paste by mistake; the archive would refuse it. */
const MAX_TEXT_CHARS = 100;

export function readDraft(draft: SearchDraft): DraftReading {
  const text = tidy(draft.text);
  const department = tidy(draft.department);
  const diagnosis = tidy(draft.diagnosis);
  const dischargedFrom = date(draft.dischargedFrom);
  const dischargedTo = date(draft.dischargedTo);
  if (dischargedFrom && dischargedTo && dischargedFrom > dischargedTo) return { kind: 'range-reversed' };
  const query: RecordQuery = {
    ...(text && { text }),
    ...(department && { department }),
    ...(diagnosis && { diagnosis }),
    ...(dischargedFrom && { dischargedFrom }),
    ...(dischargedTo && { dischargedTo }),
  };
  return Object.keys(query).length === 0 ? { kind: 'blank' } : { kind: 'query', query };
}

/** Number of filters that take part in the search. The date range counts once. */
export function countFilters(draft: SearchDraft): number {
  const range = date(draft.dischargedFrom) || date(draft.dischargedTo);
  return [tidy(draft.department), tidy(draft.diagnosis), range].filter(Boolean).length;
}

/** What was searched, in words, for the empty state. */
export function describeQuery(query: RecordQuery, t: SearchBoxTexts): string {
  const { dischargedFrom: from, dischargedTo: to } = query;
  const range =
    from && to ? t.dischargedBetween(from, to) : from ? t.dischargedSince(from) : to ? t.dischargedUntil(to) : '';
  return [query.text, query.department, query.diagnosis, range]
    .filter((part): part is string => Boolean(part))
    .map((part) => displayText(part, 40))
    .join(t.criteriaJoin);
}

/** One space between words, full-width letters and digits as half-width ones: input methods leave both behind. */
function tidy(value: string): string {
  const text = value.normalize('NFKC').replace(/\s+/g, ' ').trim();
  return [...text].slice(0, MAX_TEXT_CHARS).join('');
}

/** While a year is being typed, the field gives years such as 0002. */
function date(value: string): string {
  return /^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(value) ? value : '';
}
