import { AnjuanError } from '@anjuan/core';
import type { ResourceKey } from '../fhir/resource.js';
import { stringAt } from '../fhir/json.js';
import { Refusal } from '../fhir/refusal.js';
import { notFound } from '../policy/denial.js';
import type { StoredBlob, StoredVersion } from '../store/store.js';
import { ifRangeHolds, parseRange } from './byte-range.js';
import { audit, type Call } from './call.js';
import { patientIdsOf, readable, readableVersion } from './guard.js';
import { wantsFhirJson } from './preferences.js';
import { jsonResponse, noneMatch, notModified, versionHeaders } from './responses.js';

/** Beyond this, base64 in JSON is refused: ask for the raw bytes. */
const MAX_JSON_BINARY_BYTES = 32 * 1024 * 1024;
/** Formats a browser may show in place; anything else is a download, so that stored markup never runs. */
const inlineTypes = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/tiff', 'text/plain']);

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}

function rawHeaders(version: StoredVersion, blob: StoredBlob): Record<string, string> {
  const contentType = stringAt(version.resource, 'contentType') ?? 'application/octet-stream';
  const inline = inlineTypes.has(contentType.split(';')[0]?.trim().toLowerCase() ?? '');
  return {
    'content-type': contentType,
    'content-disposition': inline ? 'inline' : 'attachment',
    'content-security-policy': `default-src 'none'; sandbox`,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    etag: `"${blob.sha256}"`,
    'last-modified': new Date(version.lastUpdated).toUTCString(),
  };
}

async function asResource(call: Call, version: StoredVersion, blob: StoredBlob): Promise<Response> {
  if (blob.sizeBytes > MAX_JSON_BINARY_BYTES) {
    throw new AnjuanError('validation-failed', { message: 'Too large for JSON; ask for the raw bytes.' });
  }
  const bytes = await call.service.blobs.bytes(blob.sha256, { signal: call.signal });
  if (!bytes) throw new AnjuanError('integrity-mismatch');
  return jsonResponse({ ...version.resource, data: base64(bytes) }, { headers: versionHeaders(version) });
}

function unsatisfiable(sizeBytes: number): Refusal {
  return new Refusal('invalid-argument', {
    status: 416,
    issue: 'value',
    message: 'The range lies outside the bytes.',
    headers: { 'content-range': `bytes */${sizeBytes}`, 'accept-ranges': 'bytes' },
  });
}

async function asBytes(call: Call, version: StoredVersion, blob: StoredBlob): Promise<Response> {
  const { request, service, signal } = call;
  const headers = rawHeaders(version, blob);
  const etag = headers['etag'] ?? '';
  if (noneMatch(request, etag)) return notModified(headers);
  const validators = { etag, lastModified: headers['last-modified'] ?? '' };
  const usable = ifRangeHolds(request.headers.get('if-range'), validators);
  const answer = usable ? parseRange(request.headers.get('range'), blob.sizeBytes) : ({ kind: 'whole' } as const);
  if (answer.kind === 'unsatisfiable') throw unsatisfiable(blob.sizeBytes);
  const part = answer.kind === 'part' ? answer : { start: 0, end: blob.sizeBytes };
  headers['content-length'] = String(part.end - part.start);
  if (answer.kind === 'part') headers['content-range'] = `bytes ${part.start}-${part.end - 1}/${blob.sizeBytes}`;
  const status = answer.kind === 'part' ? 206 : 200;
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const stream = await service.blobs.get(blob.sha256, { range: part, signal });
  // The bytes were there when the resource was stored: their absence is damage, not a wrong address.
  if (!stream) throw new AnjuanError('integrity-mismatch');
  return new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>, { status, headers });
}

/** `GET Binary/id`: raw bytes with ranges, or the resource with base64 when JSON is asked for. */
export async function readBinary(call: Call, key: ResourceKey, versionId?: string): Promise<Response> {
  const version =
    versionId === undefined
      ? await readable(call, 'read', key)
      : await readableVersion(call, 'vread', { key, versionId });
  const entities = [{ key, versionId: version.versionId }];
  await audit(call, {
    interaction: versionId === undefined ? 'read' : 'vread',
    entities,
    patientIds: patientIdsOf(version),
  });
  const { blob } = version;
  if (!blob) throw notFound(key);
  return wantsFhirJson(call.request) ? asResource(call, version, blob) : asBytes(call, version, blob);
}
