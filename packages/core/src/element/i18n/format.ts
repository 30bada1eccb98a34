import type { Locale } from './locale.js';

/** Hospitals of this product live in one zone, without daylight saving time: times are shown as written on paper there. */
const HOSPITAL_OFFSET_MS = 8 * 60 * 60 * 1000;
const PLAIN_DATE = /^(\d{4}(?:-\d{2}){0,2})$/;

/** `2026-03-02`; the day at the hospital. A plain FHIR date (also a year or month) stays as it is; nonsense gives ''. */
export function formatDate(iso: string | undefined, _locale?: Locale): string {
  return local(iso)?.slice(0, 10) ?? '';
}

/** `2026-03-02 09:12`, hospital time; without a time of day, the date alone. */
export function formatDateTime(iso: string | undefined, _locale?: Locale): string {
  return local(iso)?.slice(0, 16).replace('T', ' ') ?? '';
}

/** Thin no-break spaces between groups of three, as in print: `12 345`. */
export function formatNumber(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale).format(value).replace(/,/g, '\u202f');
}

/** Age on a day, as paediatrics and medicine write it: days below one month, months below two years, then years. */
export function formatAge(birthDate: string | undefined, on: string | undefined, locale: Locale): string {
  const born = dayParts(birthDate);
  const day = dayParts(on);
  if (!born || !day) return '';
  const days = Math.round((Date.UTC(...day) - Date.UTC(...born)) / 86_400_000);
  const months = (day[0] - born[0]) * 12 + (day[1] - born[1]) - (day[2] < born[2] ? 1 : 0);
  if (days < 0) return '';
  const zh = locale === 'zh-CN';
  if (months < 1) return zh ? `${days} 天` : `${days} d`;
  if (months < 24) return zh ? `${months} 月龄` : `${months} mo`;
  const years = Math.floor(months / 12);
  return zh ? `${years} 岁` : `${years} y`;
}

function local(iso: string | undefined): string | undefined {
  if (!iso) return undefined;
  if (PLAIN_DATE.test(iso)) return iso;
  // A time without an offset is hospital time already.
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(iso);
  const timeMs = Date.parse(zoned ? iso : `${iso}Z`);
  if (Number.isNaN(timeMs)) return undefined;
  return new Date(timeMs + (zoned ? HOSPITAL_OFFSET_MS : 0)).toISOString();
}

function dayParts(iso: string | undefined): [number, number, number] | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(local(iso) ?? '');
  return match ? [Number(match[1]), Number(match[2]) - 1, Number(match[3])] : undefined;
}
