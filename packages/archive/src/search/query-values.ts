/** Splits at a separator that is not escaped by a backslash. Parts keep their escapes. */
function splitAt(text: string, separator: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\' && index + 1 < text.length) {
      part += character + text.charAt(index + 1);
      index += 1;
    } else if (character === separator) {
      parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  parts.push(part);
  return parts;
}

function unescape(text: string): string {
  return text.replace(/\\([\\,|$])/g, '$1');
}

/** The alternatives of a parameter value: `a,b` means a or b. @source FHIR R4 search, escaping */
export function alternatives(value: string): readonly string[] {
  return splitAt(value, ',').filter((part) => part !== '');
}

export function plainValue(alternative: string): string {
  return unescape(alternative);
}

export interface TokenQuery {
  /** Absent: any system. Empty: no system. */
  readonly system?: string;
  /** Absent: any code of the system. */
  readonly code?: string;
}

/** Reads `code`, `system|code`, `|code` and `system|`. */
export function parseToken(alternative: string): TokenQuery {
  const [first = '', ...rest] = splitAt(alternative, '|');
  if (rest.length === 0) return { code: unescape(first) };
  const code = unescape(rest.join('|'));
  const system = unescape(first);
  return code === '' ? { system } : { system, code };
}
