/** Half-open span of time in milliseconds. */
export interface DateRange {
  readonly fromMs: number;
  readonly toMs: number;
}

export const EARLIEST_MS = Date.UTC(1, 0, 1) - 60_000;
export const LATEST_MS = 253_402_300_800_000;

/** Dates without an offset are days of the hospital: China has one time zone. */
const LOCAL_OFFSET = '+08:00';

const PATTERN = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * The time a FHIR date, dateTime or instant covers at its precision; undefined when it is none.
 * @source FHIR R4 search, date
 */
export function parseDate(text: string): DateRange | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, year = '', month, day, hour, minute = '00', second, fraction, zone = LOCAL_OFFSET] = match;
  const time = `${hour ?? '00'}:${minute}:${second ?? '00'}${(fraction ?? '').slice(0, 4)}`;
  const fromMs = Date.parse(`${year}-${month ?? '01'}-${day ?? '01'}T${time}${zone}`);
  if (Number.isNaN(fromMs) || !dayExists(year, month, day)) return undefined;
  if (fraction !== undefined) return { fromMs, toMs: fromMs + 1 };
  if (second !== undefined) return { fromMs, toMs: fromMs + 1000 };
  if (hour !== undefined) return { fromMs, toMs: fromMs + 60_000 };
  if (day !== undefined) return { fromMs, toMs: fromMs + 86_400_000 };
  const next = month === undefined ? `${pad(Number(year) + 1, 4)}-01` : nextMonth(Number(year), Number(month));
  const toMs = Date.parse(`${next}-01T00:00:00${LOCAL_OFFSET}`);
  return Number.isNaN(toMs) ? { fromMs, toMs: LATEST_MS } : { fromMs, toMs };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function nextMonth(year: number, month: number): string {
  return month === 12 ? `${pad(year + 1, 4)}-01` : `${pad(year, 4)}-${pad(month + 1, 2)}`;
}

/** Date.parse takes 2026-02-31 for 3 March. */
function dayExists(year: string, month = '01', day = '01'): boolean {
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
}
