import { MAX_QUERY_LENGTH } from '../search/search-state.js';

/** FHIR id: what may stand in `record-id` and `document-id`. @source FHIR R4 datatypes, id */
const FHIR_ID = /^[A-Za-z0-9.-]{1,64}$/;

/** Attribute to property: absent is undefined. */
export const textAttribute = { fromAttribute: (value: string | null): string | undefined => value ?? undefined };

/** Attribute to property: absent or empty is undefined, words are NaN. */
export const numberAttribute = {
  fromAttribute: (value: string | null): number | undefined => (value ? Number(value) : undefined),
};

/** Where pages come from: the best there is, pictures of the page service only, or original files only. */
export type ViewerSource = 'auto' | 'rendition' | 'pdf';

/** Input of the host that may be unusable. */
export type InputName = 'record-id' | 'document-id' | 'page-number' | 'source' | 'keymap' | 'zoomTo' | 'searchText';

/** Told of input that fell back: its name only, never its value. */
export type AttributeWarning = (input: InputName) => void;

function parseId(value: unknown, attribute: 'record-id' | 'document-id', warn: AttributeWarning): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'string' && FHIR_ID.test(value)) return value;
  warn(attribute);
  return undefined;
}

function parsePageNumber(value: unknown, warn: AttributeWarning): number | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  warn('page-number');
  return undefined;
}

/** Text to search for, cut to what archives take. Undefined for anything that is no text. */
export function parseQuery(value: unknown, warn: AttributeWarning): string | undefined {
  if (typeof value === 'string') return value.slice(0, MAX_QUERY_LENGTH);
  warn('searchText');
  return undefined;
}

export function parseSource(value: unknown, warn: AttributeWarning): ViewerSource {
  if (value === 'auto' || value === 'rendition' || value === 'pdf') return value;
  if (value !== null && value !== undefined && value !== '') warn('source');
  return 'auto';
}

/** Where to open a record: at its start, at a page of the record, or at a page of one document. */
export interface OpenTarget {
  readonly recordId: string;
  readonly documentId?: string;
  /** From 1; inside `documentId` when that is given, else in the whole record. */
  readonly pageNumber?: number;
}

/** Reads host input without trusting it. Undefined: nothing to open, or an unusable record id (after a warning). */
export function parseOpenTarget(
  input: { readonly recordId?: unknown; readonly documentId?: unknown; readonly pageNumber?: unknown },
  warn: AttributeWarning,
): OpenTarget | undefined {
  const recordId = parseId(input.recordId, 'record-id', warn);
  const documentId = parseId(input.documentId, 'document-id', warn);
  const pageNumber = parsePageNumber(input.pageNumber, warn);
  if (recordId === undefined) return undefined;
  return {
    recordId,
    ...(documentId === undefined ? {} : { documentId }),
    ...(pageNumber === undefined ? {} : { pageNumber }),
  };
}

export function sameTarget(a: OpenTarget | undefined, b: OpenTarget | undefined): boolean {
  return a?.recordId === b?.recordId && a?.documentId === b?.documentId && a?.pageNumber === b?.pageNumber;
}
