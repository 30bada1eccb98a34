import type { ByteRange } from '../blob/blob-store.js';

/** `whole`: send everything. `unsatisfiable`: 416. */
export type RangeAnswer =
  { readonly kind: 'whole' } | { readonly kind: 'unsatisfiable' } | ({ readonly kind: 'part' } & ByteRange);

/**
 * Reads a Range header. Several ranges, other units and bad syntax may be ignored, and are.
 * @source RFC 9110 section 14.2
 */
export function parseRange(header: string | null, sizeBytes: number): RangeAnswer {
  const match = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (!match || (first === '' && last === '')) return { kind: 'whole' };
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', start: sizeBytes - length, end: sizeBytes };
  }
  const start = Number(first);
  const end = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  if (last !== '' && Number(last) < start) return { kind: 'whole' };
  return start >= sizeBytes ? { kind: 'unsatisfiable' } : { kind: 'part', start, end };
}

/** True when a range may be served: no If-Range, or it names exactly these bytes. */
export function ifRangeHolds(
  header: string | null,
  validators: { readonly etag: string; readonly lastModified: string },
): boolean {
  if (header === null) return true;
  return header.trim() === validators.etag || header.trim() === validators.lastModified;
}
