export interface ContentRange {
  /** Undefined when no byte was sent (416). */
  readonly start: number | undefined;
  /** Undefined when the archive does not know. */
  readonly totalBytes: number | undefined;
}

/** @source RFC 9110 section 14.4 */
export function parseContentRange(value: string | null): ContentRange | undefined {
  const match = /^bytes (?:(\d{1,15})-(\d{1,15})|\*)\/(\d{1,15}|\*)$/.exec(value?.trim() ?? '');
  if (!match) return undefined;
  const [, start, , total] = match;
  return {
    start: start === undefined ? undefined : Number(start),
    totalBytes: total === undefined || total === '*' ? undefined : Number(total),
  };
}
