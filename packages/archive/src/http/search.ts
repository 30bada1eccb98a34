import { objectsAt, type Json, type JsonObject } from '../fhir/json.js';
import { OBSERVATION_VALUE } from '../policy/stub.js';
import { keyText, type FhirResource, type ResourceType } from '../fhir/resource.js';
import { Visibility } from '../policy/visibility.js';
import { compileSearch, type CompiledSearch } from '../search/compile-search.js';
import { runSearch, type SearchMatch } from '../search/run-search.js';
import { audit, type Call } from './call.js';
import { includedWith } from './include.js';
import { present } from './present.js';
import { jsonResponse } from './responses.js';

/** Patients named in one audit event at most; the query itself is on record too. */
const MAX_AUDITED_PATIENTS = 50;

/** The asked elements only, marked as such. */
function subset(resource: FhirResource, elements: readonly string[]): FhirResource {
  if (elements.length === 0) return resource;
  const kept = ['resourceType', 'id', 'meta', ...elements];
  const entries = Object.entries(resource).filter(([name]) => kept.includes(name));
  const tag = [...objectsAt(resource, 'meta.tag'), { system: OBSERVATION_VALUE, code: 'SUBSETTED' }];
  return { ...Object.fromEntries(entries), resourceType: resource.resourceType, meta: { ...resource.meta, tag } };
}

async function entries(
  call: Call,
  matches: readonly SearchMatch[],
  mode: 'match' | 'include',
  elements: readonly string[],
): Promise<readonly Json[]> {
  const versions = matches.map((match) => match.version);
  const resources = await present(call, versions);
  return versions.map((version, index) => {
    const resource = subset(resources[index] ?? { resourceType: version.type }, elements);
    return { fullUrl: `${call.baseUrl}/${keyText(version)}`, resource, search: { mode } };
  });
}

function queryText(compiled: CompiledSearch): string {
  return new URLSearchParams(compiled.used.map(([name, value]) => [name, value])).toString();
}

/** `GET Type?...` and `POST Type/_search`. */
export async function search(call: Call, type: ResourceType, parameters: URLSearchParams): Promise<Response> {
  const { service, baseUrl, strict } = call;
  const visibility = new Visibility(call.access, service.store);
  const request = {
    type,
    parameters: [...parameters],
    strict,
    maxCount: service.maxPageSize,
    baseUrl,
    now: service.clock.now(),
  };
  const compiled = await compileSearch(request, visibility);
  const query = `${type}?${queryText(compiled)}`;
  const { options } = compiled;
  const after = options.cursor === undefined ? undefined : await service.cursors.decode(options.cursor, query);
  const found = await runSearch(service.store, compiled, { after, signal: call.signal });
  const included = await includedWith(call, found.matches, options);
  const patientIds = new Set(found.matches.flatMap(({ version }) => version.access.patientId ?? []));
  await audit(call, {
    interaction: 'search-type',
    entities: [],
    patientIds: [...patientIds].slice(0, MAX_AUDITED_PATIENTS),
    query,
  });
  const next = found.next && (await service.cursors.encode(found.next, query));
  const entry = [
    ...(await entries(call, found.matches, 'match', options.elements)),
    ...(await entries(call, included, 'include', [])),
  ];
  const body: JsonObject = {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(found.total !== undefined && { total: found.total }),
    link: [
      { relation: 'self', url: `${baseUrl}/${query}` },
      ...(next === undefined ? [] : [{ relation: 'next', url: `${baseUrl}/${nextQuery(query, next)}` }]),
    ],
    // FHIR JSON has no empty arrays.
    ...(entry.length > 0 && { entry }),
  };
  return jsonResponse(body);
}

function nextQuery(query: string, cursor: string): string {
  return `${query}${query.endsWith('?') ? '' : '&'}_cursor=${cursor}`;
}
