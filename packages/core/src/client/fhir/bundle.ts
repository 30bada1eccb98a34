import { AnjuanError } from '../../errors/anjuan-error.js';
import { field, list, number, text } from '../../json/read.js';

export interface Bundle {
  /** What was asked for, in order. */
  readonly matches: readonly unknown[];
  /** What came along by `_include` and `_revinclude`. */
  readonly included: readonly unknown[];
  readonly self: string | undefined;
  readonly next: string | undefined;
  readonly total: number | undefined;
}

/** Reads a searchset or history. Errors: `protocol-not-fhir` when it is no Bundle. */
export function readBundle(value: unknown, requestId: string): Bundle {
  if (field(value, 'resourceType') !== 'Bundle') {
    throw new AnjuanError('protocol-not-fhir', { requestId, details: { reason: 'no-bundle' } });
  }
  const entries = list(value, 'entry');
  const inMode = (...modes: (string | undefined)[]): unknown[] =>
    entries
      .filter((entry) => modes.includes(text(entry, 'search', 'mode')))
      .map((entry) => field(entry, 'resource'))
      .filter((resource) => resource !== undefined);
  const link = (relation: string): string | undefined =>
    text(
      list(value, 'link').find((one) => text(one, 'relation') === relation),
      'url',
    );
  return {
    matches: inMode('match', undefined),
    included: inMode('include'),
    self: link('self'),
    next: link('next'),
    total: number(value, 'total'),
  };
}

/** Resources of one type, by id. */
export function resourcesById(resources: readonly unknown[], type: string): ReadonlyMap<string, unknown> {
  const found = resources.filter((resource) => text(resource, 'resourceType') === type);
  return new Map(found.map((resource) => [text(resource, 'id') ?? '', resource]));
}
