import { isObject } from './json.js';
import { ID_PATTERN, isResourceType, type ResourceKey } from './resource.js';

/**
 * The resource of this archive that a literal reference names: `Type/id`, with or without version, relative or below `baseUrl`.
 * Undefined for anything else, for example another server's URL.
 */
export function parseReference(reference: string, baseUrl?: string): ResourceKey | undefined {
  let rest = reference;
  if (baseUrl !== undefined && rest.startsWith(`${baseUrl}/`)) rest = rest.slice(baseUrl.length + 1);
  const [type, id, history, version, ...more] = rest.split('/');
  if (!isResourceType(type) || id === undefined || !ID_PATTERN.test(id) || more.length > 0) return undefined;
  if (history !== undefined && (history !== '_history' || version === undefined)) return undefined;
  return { type, id };
}

/** The literal of a Reference, or of a plain string in its place. */
export function referenceText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return undefined;
  const { reference } = value;
  return typeof reference === 'string' ? reference : undefined;
}
