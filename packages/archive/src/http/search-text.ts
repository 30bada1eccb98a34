import { AnjuanError } from '@anjuan/core';
import type { ResourceKey } from '../fhir/resource.js';
import type { PageService, PageSubject } from '../service/page-service.js';
import { audit, type Call } from './call.js';
import { pageSubject } from './commit.js';
import { patientIdsOf, readable } from './guard.js';
import { documentsOf } from './record-documents.js';
import { jsonResponse } from './responses.js';

const MAX_QUERY_LENGTH = 200;
const MAX_HITS = 500;

/** `GET List/id/$search-text?q=`: hits in the documents the user may read, in no others. */
export async function searchText(call: Call, key: ResourceKey, pages: PageService): Promise<Response> {
  const query = call.url.searchParams.get('q') ?? '';
  if (query.trim() === '' || query.length > MAX_QUERY_LENGTH) {
    throw new AnjuanError('invalid-argument', { details: { parameter: 'q' } });
  }
  const list = await readable(call, 'search-text', key);
  const documents = await documentsOf(call, list);
  const subjects: PageSubject[] = [];
  for (const { version, result } of documents) {
    const subject = result.decision === 'read' ? await pageSubject(call, version) : undefined;
    if (subject) subjects.push(subject);
  }
  await audit(call, { interaction: 'search-text', entities: [{ key }], patientIds: patientIdsOf(list), query });
  const found = await pages.searchText(subjects, { query, limit: MAX_HITS, signal: call.signal });
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return jsonResponse(
    { hits: found.hits.map((hit) => ({ ...hit, rects: hit.rects.map((rect) => ({ ...rect })) })), total: found.total },
    { headers },
  );
}
