import { profiles, sha256Hex, type RecordManifest } from '@anjuan/core';
import { stringsAt, type Json } from '../fhir/json.js';
import type { ResourceKey } from '../fhir/resource.js';
import { recordStatusOf } from '../policy/derive-facts.js';
import { PAGES_SIDECAR, type PagesSidecar } from '../service/page-service.js';
import { audit, type Call } from './call.js';
import { patientIdsOf, readable } from './guard.js';
import { manifestEntry } from './manifest-entry.js';
import { documentsOf, type RecordDocument } from './record-documents.js';
import { recordSummary } from './record-summary.js';
import { jsonResponse, noneMatch, notModified } from './responses.js';

/** An index card stands in for a front page that is not written yet: it describes the record and is none of its papers. */
function hasBytes({ version }: RecordDocument): boolean {
  return !stringsAt(version.resource, 'meta.profile').includes(profiles.indexCard);
}

async function assemble(call: Call, key: ResourceKey): Promise<RecordManifest> {
  const list = await readable(call, 'record-manifest', key);
  await audit(call, {
    interaction: 'record-manifest',
    entities: [{ key, versionId: list.versionId }],
    patientIds: patientIdsOf(list),
  });
  const documents = await documentsOf(call, list);
  const refs = documents.map(({ version }) => ({ documentId: version.id, versionId: version.versionId }));
  const sidecars = await call.service.store.sidecars(PAGES_SIDECAR, refs, { signal: call.signal });
  // Written by the page service alone, so the shape is known.
  const pages = new Map(sidecars.map((entry) => [entry.documentId, entry.body as unknown as PagesSidecar]));
  const content = {
    recordId: list.id,
    status: recordStatusOf(list.resource),
    summary: await recordSummary(call, list, documents),
    documents: documents.filter(hasBytes).map((document) => manifestEntry(document, pages.get(document.version.id))),
  };
  // Content, not version numbers: pages that were measured later must change it too.
  const digest = await sha256Hex(new Blob([JSON.stringify(content)]));
  return { ...content, version: `${list.versionId}-${digest.slice(0, 24)}` };
}

/** `GET List/id/$record-manifest`: everything the viewer lays a record out from, as far as the user may see it. */
export async function recordManifest(call: Call, key: ResourceKey): Promise<Response> {
  const manifest = await assemble(call, key);
  const etag = `"${manifest.version}"`;
  const headers = { etag, 'cache-control': 'private, no-cache', 'content-type': 'application/json; charset=utf-8' };
  if (noneMatch(call.request, etag)) return notModified(headers);
  return jsonResponse(manifest as unknown as Json, { headers });
}
