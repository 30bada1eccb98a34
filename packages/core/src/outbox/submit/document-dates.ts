/** Minutes as `+08:00`. */
function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/**
 * What a person entered as a FHIR instant: seconds and an offset are added, a day begins at midnight of this computer's time
 * zone. Undefined when it is no date. @source FHIR R4 datatypes, instant
 */
export function instantOf(dateTime: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(dateTime);
  if (!match) return undefined;
  const [, day = '', time = '00:00', seconds = ':00', offset] = match;
  const local = new Date(`${day}T${time}${seconds}`);
  if (Number.isNaN(local.getTime())) return undefined;
  return `${day}T${time}${seconds}${offset ?? offsetText(-local.getTimezoneOffset())}`;
}
