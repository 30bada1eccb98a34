import { FRONT_PAGE_TYPE } from '@anjuan/core';
import { keyText, type FhirResource, type ResourceKey, type ResourceType } from '../fhir/resource.js';
import { referencesAt } from '../policy/derive-facts.js';
import { indexName } from '../search/parameters.js';
import { tokenTerm } from '../search/token-terms.js';
import type { Condition } from '../store/condition.js';
import type { StoreReader } from '../store/store.js';
import { binariesOf } from './derived-index.js';

/** More would mean a broken source system, and a transaction that never ends. */
const MAX_DEPENDENTS = 20_000;

async function keysWith(reader: StoreReader, type: ResourceType, where: Condition): Promise<ResourceKey[]> {
  const rows = await reader.search({
    type,
    where,
    sort: { by: 'last-updated', descending: true },
    limit: MAX_DEPENDENTS,
  });
  return rows.map((row) => ({ type, id: row.version.id }));
}

function pointingAt(type: ResourceType, parameter: string, key: ResourceKey): Condition {
  return { kind: 'term', param: indexName(type, parameter), values: [keyText(key)] };
}

/** Resources whose access or index follows from this one. `before`: its former version, whose links count too. */
export async function dependentsOf(
  key: ResourceKey,
  resource: FhirResource,
  context: { readonly reader: StoreReader; readonly before: FhirResource | undefined },
): Promise<readonly ResourceKey[]> {
  const { reader, before } = context;
  const find = (type: ResourceType, parameter: string): Promise<ResourceKey[]> =>
    keysWith(reader, type, pointingAt(type, parameter, key));
  switch (key.type) {
    case 'Patient': {
      const values = [tokenTerm({ code: FRONT_PAGE_TYPE })];
      const cards: Condition = { kind: 'term', param: indexName('DocumentReference', 'type'), values };
      const own = pointingAt('DocumentReference', 'patient', key);
      return keysWith(reader, 'DocumentReference', { kind: 'all', of: [own, cards] });
    }
    case 'Encounter': {
      const patients = [resource, before].flatMap((version) => referencesAt(version, 'Patient', 'subject'));
      const found = await Promise.all([
        find('DocumentReference', 'encounter'),
        find('List', 'encounter'),
        find('Task', 'encounter'),
      ]);
      return [...patients, ...found.flat()];
    }
    case 'List': {
      const items = [resource, before].flatMap((version) => referencesAt(version, 'DocumentReference', 'entry.item'));
      return [...items, ...(await find('Provenance', 'target')), ...(await find('Task', 'focus'))];
    }
    case 'DocumentReference': {
      const binaries = [resource, before].flatMap((version) => (version ? binariesOf(version) : []));
      return [...binaries, ...(await find('Provenance', 'target')), ...(await find('Task', 'focus'))];
    }
    case 'Provenance':
      return [resource, before].flatMap((version) => referencesAt(version, 'Binary', 'entity.what'));
    default:
      return [];
  }
}
