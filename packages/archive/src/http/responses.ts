import type { Json } from '../fhir/json.js';
import type { FhirResource } from '../fhir/resource.js';
import { operationOutcome, type WireError } from '../fhir/outcome.js';
import type { StoredVersion } from '../store/store.js';

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';
/** Versions and pages never change; the browser may keep them for this user. */
export const IMMUTABLE = 'private, max-age=31536000, immutable';

export function jsonResponse(
  body: Json,
  init: { readonly status?: number; readonly headers?: HeadersInit } = {},
): Response {
  const headers = new Headers(init.headers);
  if (!headers.has('content-type')) headers.set('content-type', FHIR_JSON);
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
  return new Response(JSON.stringify(body), { status: init.status ?? 200, headers });
}

export function weakETag(versionId: string): string {
  return `W/"${versionId}"`;
}

export function versionHeaders(version: StoredVersion): Record<string, string> {
  return {
    ETag: weakETag(version.versionId),
    'Last-Modified': new Date(version.lastUpdated).toUTCString(),
  };
}

export function versionResponse(version: StoredVersion, resource: FhirResource): Response {
  return jsonResponse(resource, { headers: versionHeaders(version) });
}

export function errorResponse(error: WireError): Response {
  return jsonResponse(operationOutcome(error), {
    status: error.status,
    headers: { ...error.headers, 'cache-control': 'no-store' },
  });
}

/** True when If-None-Match names the tag; weak and strong compare alike on reads. @source RFC 9110 section 13.1.2 */
export function noneMatch(request: Request, etag: string): boolean {
  const header = request.headers.get('if-none-match');
  if (header === null) return false;
  const bare = (tag: string): string => tag.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((tag) => bare(tag) === bare(etag));
}

export function notModified(headers: Readonly<Record<string, string>>): Response {
  return new Response(null, { status: 304, headers });
}
