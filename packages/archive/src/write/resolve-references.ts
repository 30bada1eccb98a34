import { isObject, type Json } from '../fhir/json.js';
import { unprocessable } from '../fhir/refusal.js';
import { keyText, type FhirResource, type ResourceKey } from '../fhir/resource.js';

/** Elements whose text may be the fullUrl of another entry. @source FHIR R4 http, transaction processing rules */
const linkNames = new Set(['reference', 'url', 'uri', 'valueUri', 'valueUrl', 'valueCanonical']);

function resolve(value: Json | undefined, name: string, keys: ReadonlyMap<string, ResourceKey>): Json | undefined {
  if (typeof value === 'string') {
    if (!linkNames.has(name)) return value;
    const key = keys.get(value);
    if (key) return keyText(key);
    if (name === 'reference' && value.startsWith('urn:uuid:')) {
      throw unprocessable('A reference names an entry that the bundle does not hold.', ['Bundle.entry']);
    }
    return value;
  }
  if (Array.isArray(value)) return value.map((item: Json) => resolve(item, name, keys) ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([child, item]) => [child, resolve(item, child, keys)]));
}

/** The resource with every link to another entry of its bundle made a link into the archive. Throws 422 on a dangling one. */
export function resolveReferences(resource: FhirResource, keys: ReadonlyMap<string, ResourceKey>): FhirResource {
  return { ...(resolve(resource, '', keys) as FhirResource), resourceType: resource.resourceType };
}
