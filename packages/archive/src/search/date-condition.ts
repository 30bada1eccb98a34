import type { Condition } from '../store/condition.js';
import { parseDate } from './date-range.js';

const PREFIXED = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(\d.*)$/s;

/**
 * A date filter such as `ge2026-01-01`; undefined when the value is no date.
 * @source FHIR R4 search, prefixes
 */
export function dateCondition(param: string, value: string, now: Date): Condition | undefined {
  const match = PREFIXED.exec(value);
  const range = match?.[2] === undefined ? undefined : parseDate(match[2]);
  if (!range) return undefined;
  const { fromMs, toMs } = range;
  switch (match?.[1] ?? 'eq') {
    case 'ne':
      return { kind: 'not', of: { kind: 'within', param, fromMs, toMs } };
    case 'gt':
      return { kind: 'overlap', param, fromMs: toMs };
    case 'ge':
      return { kind: 'overlap', param, fromMs };
    case 'lt':
      return { kind: 'overlap', param, toMs: fromMs };
    case 'le':
      return { kind: 'overlap', param, toMs };
    case 'sa':
      return { kind: 'within', param, fromMs: toMs };
    case 'eb':
      return { kind: 'within', param, toMs: fromMs };
    case 'ap': {
      // A tenth of the distance to now, as FHIR suggests.
      const slack = Math.round(Math.abs(now.getTime() - fromMs) / 10);
      return { kind: 'overlap', param, fromMs: fromMs - slack, toMs: toMs + slack };
    }
    default:
      return { kind: 'within', param, fromMs, toMs };
  }
}
