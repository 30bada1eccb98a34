/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** A JSON object; unknown until read. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * All values at a dotted path, arrays flattened on the way, as FHIRPath does for plain paths.
 * Content comes from anywhere, so an odd shape yields nothing instead of an error.
 */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  let current: unknown[] = [value];
  for (const key of path.split('.')) {
    const next: unknown[] = [];
    for (const item of current) {
      if (!isObject(item) || !Object.hasOwn(item, key)) continue;
      const found: unknown = item[key];
      if (Array.isArray(found)) next.push(...(found as unknown[]));
      else if (found !== null && found !== undefined) next.push(found);
    }
    current = next;
  }
  return current;
}

/** The strings at a path; other types are skipped. */
export function stringsAt(value: unknown, path: string): readonly string[] {
  return valuesAt(value, path).filter((item): item is string => typeof item === 'string' && item !== '');
}

/** The first string at a path. */
export function stringAt(value: unknown, path: string): string | undefined {
  return stringsAt(value, path)[0];
}

export function objectsAt(value: unknown, path: string): readonly JsonObject[] {
  return valuesAt(value, path).filter(isObject);
}
