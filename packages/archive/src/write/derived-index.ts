import { stringsAt } from '../fhir/json.js';
import { parseReference } from '../fhir/references.js';
import { keyText, type FhirResource, type ResourceKey } from '../fhir/resource.js';
import type { AccessFacts } from '../policy/access-facts.js';
import { BINARY_INDEX, deriveFacts, referencesAt } from '../policy/derive-facts.js';
import { contentTerms, isIndexCard } from '../search/content-terms.js';
import { indexEntry } from '../search/index-entry.js';
import type { IndexEntry, IndexTerm } from '../store/condition.js';
import type { StoreReader } from '../store/store.js';

export interface Derived {
  readonly access: AccessFacts;
  readonly index: IndexEntry;
}

/** Versions looked back for bytes; older bytes of a document stay readable to system accounts only. */
const VERSIONS_BACK = 50;

/** The Binaries a document's attachments point at. */
export function binariesOf(document: FhirResource): readonly ResourceKey[] {
  return stringsAt(document, 'content.attachment.url').flatMap((url) => {
    const key = parseReference(url);
    return key?.type === 'Binary' ? [key] : [];
  });
}

async function documentTerms(key: ResourceKey, document: FhirResource, reader: StoreReader): Promise<IndexTerm[]> {
  const before = await reader.history(key, { limit: VERSIONS_BACK });
  const binaries = [document, ...before.map((version) => version.resource)].flatMap(binariesOf);
  const terms: IndexTerm[] = [...new Set(binaries.map(keyText))].map((value) => ({ param: BINARY_INDEX, value }));
  if (!isIndexCard(document)) return terms;
  const [patientKey] = referencesAt(document, 'Patient', 'subject');
  const patient = patientKey && (await reader.read(patientKey));
  return [...terms, ...contentTerms(document, patient?.resource)];
}

/** Access and index of a resource as they follow from what is stored now. */
export async function derive(
  key: ResourceKey,
  resource: FhirResource,
  context: { readonly reader: StoreReader; readonly ownerId: string; readonly lastUpdated: string },
): Promise<Derived> {
  const { reader, lastUpdated } = context;
  const access = await deriveFacts(key, resource, context);
  const extraTerms = key.type === 'DocumentReference' ? await documentTerms(key, resource, reader) : [];
  return { access, index: indexEntry({ type: key.type, resource, lastUpdated, access, extraTerms }) };
}
