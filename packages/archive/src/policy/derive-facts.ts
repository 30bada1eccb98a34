import { codeSystems, type RecordStatus } from '@anjuan/core';
import { objectsAt, stringsAt, valuesAt } from '../fhir/json.js';
import { parseReference, referenceText } from '../fhir/references.js';
import { keyText, type FhirResource, type ResourceKey, type ResourceType } from '../fhir/resource.js';
import { indexName } from '../search/parameters.js';
import type { StoredVersion, StoreReader } from '../store/store.js';
import type { AccessFacts } from './access-facts.js';

const clinical: AccessFacts = {
  kind: 'clinical',
  labels: ['N'],
  recordStatus: 'working',
  departments: [],
  practitionerIds: [],
};

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** References of one type at some paths. */
export function referencesAt(resource: unknown, type: ResourceType, ...paths: readonly string[]): ResourceKey[] {
  return paths.flatMap((path) =>
    valuesAt(resource, path).flatMap((value) => {
      const key = parseReference(referenceText(value) ?? '');
      return key?.type === type ? [key] : [];
    }),
  );
}

/** Sorted security labels of a resource by its own words; `N` when it has none. */
export function labelsOf(resource: FhirResource): string[] {
  const labels = [...stringsAt(resource, 'meta.security.code'), ...stringsAt(resource, 'securityLabel.coding.code')];
  // A label with a comma or bar would break the access class; no code system has one.
  const safe = labels.map((label) => label.replace(/[|,]/g, '_'));
  return safe.length === 0 ? ['N'] : unique(safe);
}

export function recordStatusOf(list: FhirResource): RecordStatus {
  const tags = objectsAt(list, 'meta.tag').filter((tag) => tag['system'] === codeSystems.recordStatus);
  const codes = tags.map((tag) => tag['code']);
  if (codes.includes('sealed')) return 'sealed';
  return codes.includes('archived') ? 'archived' : 'working';
}

type StayFacts = Pick<AccessFacts, 'departments' | 'practitionerIds'>;

function encounterFacts(encounters: readonly FhirResource[]): StayFacts {
  const departments = encounters.flatMap((encounter) => [
    ...stringsAt(encounter, 'serviceType.coding.code'),
    ...stringsAt(encounter, 'serviceProvider.identifier.value'),
  ]);
  const people = encounters.flatMap((encounter) => referencesAt(encounter, 'Practitioner', 'participant.individual'));
  return { departments: unique(departments), practitionerIds: unique(people.map((key) => key.id)) };
}

async function stayFacts(resource: FhirResource, reader: StoreReader): Promise<StayFacts> {
  const keys = referencesAt(resource, 'Encounter', 'encounter', 'context.encounter');
  const found = await reader.readMany(keys);
  return encounterFacts(found.map((version) => version.resource));
}

function patientIdOf(resource: FhirResource): Pick<AccessFacts, 'patientId'> {
  const [key] = referencesAt(resource, 'Patient', 'subject', 'patient', 'for');
  return key ? { patientId: key.id } : {};
}

async function patientFacts(id: string, resource: FhirResource, reader: StoreReader): Promise<AccessFacts> {
  const encounters = await reader.search({
    type: 'Encounter',
    where: { kind: 'term', param: indexName('Encounter', 'subject'), values: [`Patient/${id}`] },
    sort: { by: 'last-updated', descending: true },
    limit: 1000,
  });
  const stays = encounterFacts(encounters.map((row) => row.version.resource));
  return { ...clinical, ...stays, labels: labelsOf(resource), patientId: id };
}

async function listStatus(key: ResourceKey, reader: StoreReader): Promise<RecordStatus> {
  const lists = await reader.search({
    type: 'List',
    where: { kind: 'term', param: indexName('List', 'item'), values: [keyText(key)] },
    sort: { by: 'last-updated', descending: true },
    limit: 100,
  });
  const found = lists.map((row) => recordStatusOf(row.version.resource));
  if (found.includes('sealed')) return 'sealed';
  return found.includes('archived') ? 'archived' : 'working';
}

/** The strictest reading of several resources that something belongs to. */
function union(parts: readonly AccessFacts[]): AccessFacts {
  const [first = clinical] = parts;
  const statuses = parts.map((part) => part.recordStatus);
  return {
    ...first,
    labels: unique(parts.flatMap((part) => part.labels)),
    recordStatus: statuses.includes('sealed') ? 'sealed' : first.recordStatus,
  };
}

async function binaryFacts(
  key: ResourceKey,
  resource: FhirResource,
  ownerId: string,
  reader: StoreReader,
): Promise<AccessFacts> {
  const namedBy = (type: ResourceType, param: string) =>
    reader.search({
      type,
      where: { kind: 'term', param, values: [keyText(key)] },
      sort: { by: 'last-updated', descending: true },
      limit: 100,
    });
  // The scanned original of a page belongs to the document that was made from it.
  const users = [
    ...(await namedBy('DocumentReference', BINARY_INDEX)),
    ...(await namedBy('Provenance', indexName('Provenance', 'entity'))),
  ];
  const context = await reader.readMany(referencesAt(resource, 'DocumentReference', 'securityContext'));
  const parts: StoredVersion[] = [...context, ...users.map((row) => row.version)];
  if (parts.length === 0) return { ...clinical, kind: 'own', ownerId };
  return union(parts.map((part) => part.access));
}

/** DocumentReference index: the Binaries that hold its bytes, those of former versions included. */
export const BINARY_INDEX = 'DocumentReference._binary';

async function linkedFacts(resource: FhirResource, reader: StoreReader): Promise<AccessFacts> {
  const paths = ['target', 'focus', 'provision.data.reference', 'reasonReference'];
  const keys = [...referencesAt(resource, 'DocumentReference', ...paths), ...referencesAt(resource, 'List', ...paths)];
  const targets = (await reader.readMany(keys)).map((version) => version.access);
  const own = { ...clinical, ...(await stayFacts(resource, reader)), ...patientIdOf(resource) };
  const people = referencesAt(resource, 'Practitioner', 'owner', 'requester').map((key) => key.id);
  const all = union([...(targets.length > 0 ? targets : [own]), { ...own, labels: labelsOf(resource) }]);
  return { ...all, practitionerIds: unique([...all.practitionerIds, ...people]) };
}

/** What access to a resource is judged by, from the resource and what it belongs to. */
export async function deriveFacts(
  key: ResourceKey,
  resource: FhirResource,
  context: { readonly reader: StoreReader; readonly ownerId: string },
): Promise<AccessFacts> {
  const { reader, ownerId } = context;
  switch (key.type) {
    case 'Practitioner':
    case 'Organization':
      return { ...clinical, kind: 'open' };
    case 'AuditEvent':
      return { ...clinical, kind: 'audit' };
    case 'Patient':
      return patientFacts(key.id, resource, reader);
    case 'Binary':
      return binaryFacts(key, resource, ownerId, reader);
    case 'Encounter':
      return { ...clinical, ...encounterFacts([resource]), ...patientIdOf(resource), labels: labelsOf(resource) };
    case 'List':
    case 'DocumentReference': {
      const isList = key.type === 'List';
      const recordStatus = isList ? recordStatusOf(resource) : await listStatus(key, reader);
      const stay = await stayFacts(resource, reader);
      return { ...clinical, ...stay, ...patientIdOf(resource), labels: labelsOf(resource), recordStatus };
    }
    case 'Provenance':
    case 'Task':
    case 'Consent':
      return linkedFacts(resource, reader);
  }
}
