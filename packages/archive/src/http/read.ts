import type { JsonObject } from '../fhir/json.js';
import { keyText, type FhirResource, type ResourceKey } from '../fhir/resource.js';
import { notFound } from '../policy/denial.js';
import type { StoredVersion } from '../store/store.js';
import { audit, type Call } from './call.js';
import { decideOn, patientIdsOf, readable, readableVersion, versionReadable } from './guard.js';
import { present, presentOne } from './present.js';
import {
  IMMUTABLE,
  jsonResponse,
  noneMatch,
  notModified,
  versionHeaders,
  versionResponse,
  weakETag,
} from './responses.js';

/** Versions of one page of a history at most. */
const HISTORY_LIMIT = 100;

/** `GET Type/id`: the resource, its stub when locked, 304 when the caller has this version. */
export async function read(call: Call, key: ResourceKey): Promise<Response> {
  const { version, result } = await decideOn(call, 'read', key);
  const resource = await presentOne(call, version);
  const ref = { key, versionId: version.versionId };
  await audit(call, { interaction: 'read', entities: [ref], patientIds: patientIdsOf(version) });
  if (result.decision === 'lock') return versionResponse(version, resource);
  const headers = versionHeaders(version);
  return noneMatch(call.request, headers['ETag'] ?? '') ? notModified(headers) : versionResponse(version, resource);
}

/** `GET Type/id/_history/vid`. */
export async function vread(
  call: Call,
  ref: { readonly key: ResourceKey; readonly versionId: string },
): Promise<Response> {
  const version = await readableVersion(call, 'vread', ref);
  await audit(call, { interaction: 'vread', entities: [ref], patientIds: patientIdsOf(version) });
  const headers: Record<string, string> = { ...versionHeaders(version), 'cache-control': IMMUTABLE };
  if (noneMatch(call.request, headers['ETag'] ?? '')) return notModified(headers);
  return jsonResponse(await presentOne(call, version), { headers });
}

/** `GET Type/id/_history`: newest first; `_count` and `_before` (a version id) page through it. */
export async function history(call: Call, key: ResourceKey): Promise<Response> {
  const current = await readable(call, 'history-instance', key);
  const { searchParams } = call.url;
  const asked = Number(searchParams.get('_count') ?? HISTORY_LIMIT);
  const limit = Number.isInteger(asked) && asked > 0 ? Math.min(asked, HISTORY_LIMIT) : HISTORY_LIMIT;
  const before = searchParams.get('_before');
  const beforeVersionId = before !== null && /^\d{1,9}$/.test(before) ? before : undefined;
  const versions = await call.service.store.history(key, {
    limit: limit + 1,
    signal: call.signal,
    ...(beforeVersionId !== undefined && { beforeVersionId }),
  });
  if (versions.length === 0 && beforeVersionId === undefined) throw notFound(key);
  await audit(call, { interaction: 'history-instance', entities: [{ key }], patientIds: patientIdsOf(current) });
  const page = versions.slice(0, limit);
  const last = page.at(-1);
  const base = `${call.baseUrl}/${key.type}/${key.id}/_history`;
  const visible = page.filter((version) => versionReadable(call, version));
  const resources = await present(call, visible);
  return jsonResponse({
    resourceType: 'Bundle',
    type: 'history',
    ...(beforeVersionId === undefined && versions.length <= limit && { total: visible.length }),
    link: [
      { relation: 'self', url: `${base}${call.url.search}` },
      ...(versions.length > limit && last
        ? [{ relation: 'next', url: `${base}?_count=${limit}&_before=${last.versionId}` }]
        : []),
    ],
    // FHIR JSON has no empty arrays.
    ...(visible.length > 0 && {
      entry: visible.map((version, index) => historyEntry(call, version, resources[index])),
    }),
  });
}

function historyEntry(call: Call, version: StoredVersion, resource: FhirResource | undefined): JsonObject {
  const isFirst = version.versionId === '1';
  return {
    fullUrl: `${call.baseUrl}/${keyText(version)}`,
    resource: resource ?? null,
    request: { method: isFirst ? 'POST' : 'PUT', url: keyText(version) },
    response: {
      status: isFirst ? '201' : '200',
      etag: weakETag(version.versionId),
      lastModified: version.lastUpdated,
    },
  };
}
