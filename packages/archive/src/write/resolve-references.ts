import { isObject, type Json } from '../fhir/json.js';
import { unprocessable } from '../fhir/refusal.js';
import { parseReference } from '../fhir/references.js';
import { keyText, type FhirResource, type ResourceKey } from '../fhir/resource.js';

/** Elements whose text may be the fullUrl of another entry. @source FHIR R4 http, transaction processing rules */
const linkNames = new Set(['reference', 'url', 'uri', 'valueUri', 'valueUrl', 'valueCanonical']);

export interface LinkContext {
  /** What the fullUrls of the bundle stand for. */
  readonly keys: ReadonlyMap<string, ResourceKey>;
  /** Service base without a slash at its end. */
  readonly baseUrl: string;
}

function resolveLink(link: string, name: string, { keys, baseUrl }: LinkContext): string {
  const key = keys.get(link);
  if (key) return keyText(key);
  if (name === 'reference' && link.startsWith('urn:uuid:')) {
    throw unprocessable('A reference names an entry that the bundle does not hold.', ['Bundle.entry']);
  }
  const isOwn = link.startsWith(`${baseUrl}/`) && parseReference(link, baseUrl) !== undefined;
  return isOwn ? link.slice(baseUrl.length + 1) : link;
}

function resolve(value: Json | undefined, name: string, context: LinkContext): Json | undefined {
  if (typeof value === 'string') return linkNames.has(name) ? resolveLink(value, name, context) : value;
  if (Array.isArray(value)) return value.map((item: Json) => resolve(item, name, context) ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([child, item]) => [child, resolve(item, child, context)]));
}

/**
 * The resource with every link to another entry of its bundle, and every whole address of this archive, made a relative
 * link: the one form that search, access and integrity checks read. Throws 422 on a dangling one.
 */
export function resolveReferences(resource: FhirResource, context: LinkContext): FhirResource {
  return { ...(resolve(resource, '', context) as FhirResource), resourceType: resource.resourceType };
}
