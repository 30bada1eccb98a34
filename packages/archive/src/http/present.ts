import { objectsAt } from '../fhir/json.js';
import { parseReference, referenceText } from '../fhir/references.js';
import { keyText, type FhirResource, type ResourceKey } from '../fhir/resource.js';
import { referencesAt } from '../policy/derive-facts.js';
import { stubOf } from '../policy/stub.js';
import type { StoredVersion } from '../store/store.js';
import type { Call } from './call.js';

const ITEM = 'entry.item';

/** Documents in these lists that do not exist for the user. */
async function hiddenItems(call: Call, lists: readonly StoredVersion[]): Promise<ReadonlySet<string>> {
  const keys = new Map<string, ResourceKey>();
  for (const list of lists) {
    const types = ['DocumentReference', 'List'] as const;
    for (const key of types.flatMap((type) => referencesAt(list.resource, type, ITEM))) keys.set(keyText(key), key);
  }
  const found = await call.service.store.readMany([...keys.values()], { signal: call.signal });
  const hidden = found.filter((version) => call.access.decide(version.access).decision === 'hide');
  return new Set(hidden.map(keyText));
}

function withoutItems(list: FhirResource, hidden: ReadonlySet<string>): FhirResource {
  const entry = objectsAt(list, 'entry').filter((item) => {
    const key = parseReference(referenceText(item['item']) ?? '');
    return !key || !hidden.has(keyText(key));
  });
  const { entry: _entry, ...rest } = list;
  return { ...rest, resourceType: list.resourceType, ...(entry.length > 0 && { entry }) };
}

/** What leaves for each version: a stub when locked; lists without the entries that are hidden. Never call it with hidden ones. */
export async function present(call: Call, versions: readonly StoredVersion[]): Promise<readonly FhirResource[]> {
  const lists = versions.filter((version) => version.type === 'List');
  const hidden = lists.length === 0 ? new Set<string>() : await hiddenItems(call, lists);
  return versions.map((version) => {
    const result = call.access.decide(version.access);
    if (result.decision === 'lock') return stubOf(version.resource, result.reason);
    return version.type === 'List' && hidden.size > 0 ? withoutItems(version.resource, hidden) : version.resource;
  });
}

export async function presentOne(call: Call, version: StoredVersion): Promise<FhirResource> {
  const [resource = version.resource] = await present(call, [version]);
  return resource;
}
