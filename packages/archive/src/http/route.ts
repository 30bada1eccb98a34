import { Refusal } from '../fhir/refusal.js';
import { ID_PATTERN, isResourceType, type ResourceKey, type ResourceType } from '../fhir/resource.js';

/** What a path below the base means. */
export type Route =
  | { readonly kind: 'system' }
  | { readonly kind: 'metadata' }
  | { readonly kind: 'upload'; readonly uploadId?: string }
  | { readonly kind: 'type'; readonly type: ResourceType }
  | { readonly kind: 'search'; readonly type: ResourceType }
  | { readonly kind: 'instance'; readonly key: ResourceKey }
  | { readonly kind: 'history'; readonly key: ResourceKey }
  | { readonly kind: 'version'; readonly key: ResourceKey; readonly versionId: string }
  | { readonly kind: 'operation'; readonly key: ResourceKey; readonly versionId?: string; readonly name: string };

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

/** Undefined: nothing is there. `path` starts after the base. */
export function parseRoute(path: string): Route | undefined {
  const [type, id, ...rest] = path
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  if (type === undefined) return { kind: 'system' };
  if (type === 'metadata' && id === undefined) return { kind: 'metadata' };
  if (type === '$upload')
    return rest.length > 0 ? undefined : { kind: 'upload', ...(id !== undefined && { uploadId: id }) };
  if (!isResourceType(type)) return undefined;
  if (id === undefined) return { kind: 'type', type };
  if (id === '_search' && rest.length === 0) return { kind: 'search', type };
  return ID_PATTERN.test(id) ? parseInstance({ type, id }, rest) : undefined;
}

function parseInstance(key: ResourceKey, rest: readonly string[]): Route | undefined {
  const [first, second, third, ...more] = rest;
  if (first === undefined) return { kind: 'instance', key };
  if (first.startsWith('$') && second === undefined) return { kind: 'operation', key, name: first };
  if (first !== '_history' || more.length > 0) return undefined;
  if (second === undefined) return { kind: 'history', key };
  if (third === undefined) return { kind: 'version', key, versionId: second };
  return third.startsWith('$') ? { kind: 'operation', key, versionId: second, name: third } : undefined;
}

/** The route of a URL below the base. Throws 404. */
export function routeOf(url: URL, basePath: string): Route {
  const inside = url.pathname === basePath || url.pathname.startsWith(`${basePath}/`);
  const route = inside ? parseRoute(url.pathname.slice(basePath.length)) : undefined;
  if (route) return route;
  const message = 'The archive has nothing at this address.';
  throw new Refusal('protocol-invalid', { status: 404, issue: 'not-found', message });
}
