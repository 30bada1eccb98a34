import { objectsAt, type JsonObject } from '../fhir/json.js';
import { parseReference, referenceText } from '../fhir/references.js';
import { keyText, type FhirResource } from '../fhir/resource.js';
import type { Access } from '../policy/access.js';
import type { StoreReader } from '../store/store.js';

function itemKey(entry: JsonObject): string {
  const key = parseReference(referenceText(entry['item']) ?? '');
  return key ? keyText(key) : '';
}

/**
 * The list as its writer sent it, with the entries that the writer does not see put back after the neighbours they had:
 * what was left out when the list was read must not be lost when it is written.
 */
export async function withHiddenEntries(
  list: FhirResource,
  before: FhirResource,
  { access, reader }: { readonly access: Access; readonly reader: StoreReader },
): Promise<FhirResource> {
  const known = objectsAt(before, 'entry');
  const keys = known.flatMap((entry) => parseReference(referenceText(entry['item']) ?? '') ?? []);
  const items = await reader.readMany(keys);
  const hidden = new Set(items.filter((item) => access.decide(item.access).decision === 'hide').map(keyText));
  const entries = [...objectsAt(list, 'entry')];
  const sent = new Set(entries.map(itemKey));
  known.forEach((entry, index) => {
    const key = itemKey(entry);
    if (!hidden.has(key) || sent.has(key)) return;
    const neighbours = known.slice(0, index).map(itemKey);
    const place = entries.findLastIndex((other) => neighbours.includes(itemKey(other)));
    entries.splice(place + 1, 0, entry);
  });
  return entries.length === 0 ? list : { ...list, entry: entries };
}
