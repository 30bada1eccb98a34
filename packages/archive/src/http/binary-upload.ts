import { AnjuanError } from '@anjuan/core';
import type { JsonObject } from '../fhir/json.js';
import { badRequest, unprocessable } from '../fhir/refusal.js';
import type { FhirResource } from '../fhir/resource.js';
import { parseReference } from '../fhir/references.js';
import { mayWrite } from '../policy/access.js';
import type { StoredBlob } from '../store/store.js';
import { audit, type Call } from './call.js';
import { tooLarge } from './read-body.js';

/** Media types as HTTP writes them; anything else would be unsafe in a header. */
export const MEDIA_TYPE = /^[\w.+-]{1,80}\/[\w.+-]{1,80}(\s*;\s*[\w-]+=("[^"\\\r\n]*"|[\w.+-]+))*$/;

export interface BinaryContent {
  readonly resource: FhirResource;
  readonly blob: StoredBlob;
}

export async function refuseForeigners(call: Call): Promise<void> {
  // Before the bytes are taken in: who may not write must not fill the disk.
  if (mayWrite(call.access.principal, 'Binary')) return;
  await audit(call, { interaction: 'create', outcome: 'denied', entities: [], patientIds: [] });
  throw new AnjuanError('record-forbidden');
}

function contextOf(call: Call): JsonObject {
  const header = call.request.headers.get('x-security-context');
  if (header === null) return {};
  const key = parseReference(header, call.baseUrl);
  if (!key) throw badRequest('X-Security-Context is not a reference into this archive.');
  return { securityContext: { reference: `${key.type}/${key.id}` } };
}

/** Digest the sender declared, as hex. @source RFC 9530 Content-Digest */
function declaredDigest(call: Call): string | undefined {
  const match = /sha-256=:([A-Za-z0-9+/=]{44}):/.exec(call.request.headers.get('content-digest') ?? '');
  if (!match?.[1]) return undefined;
  return [...atob(match[1])].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** Raw bytes of a request, stored. Throws 413 when too large, 422 when the declared digest differs. */
export async function uploadBinary(call: Call): Promise<BinaryContent> {
  await refuseForeigners(call);
  const { maxBinaryBytes } = call.service;
  const contentType = call.request.headers.get('content-type') ?? 'application/octet-stream';
  if (!MEDIA_TYPE.test(contentType)) throw badRequest('The content type is not valid.');
  const context = contextOf(call);
  if (Number(call.request.headers.get('content-length') ?? 0) > maxBinaryBytes) throw tooLarge(maxBinaryBytes);
  const source = call.request.body ?? new Uint8Array();
  const blob = await putBytes(call, source);
  const digest = declaredDigest(call);
  // The bytes stay: the same ones may belong to another Binary.
  if (digest !== undefined && digest !== blob.sha256) throw new AnjuanError('integrity-mismatch');
  return { resource: { resourceType: 'Binary', contentType, ...context }, blob };
}

/** Throws 413 when too large. */
export async function putBytes(call: Call, source: Uint8Array | ReadableStream<Uint8Array>): Promise<StoredBlob> {
  const { maxBinaryBytes, blobs } = call.service;
  try {
    return await blobs.put(source, { maxBytes: maxBinaryBytes, signal: call.signal });
  } catch (error) {
    if (AnjuanError.is(error, 'validation-failed')) throw tooLarge(maxBinaryBytes);
    throw error;
  }
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw unprocessable('Binary.data is not base64.', ['Binary.data']);
  }
}

/** Takes the bytes out of a Binary resource; other resources pass unchanged. */
export async function storeBinaryData(
  call: Call,
  resource: FhirResource,
): Promise<{ readonly resource: FhirResource; readonly blob?: StoredBlob }> {
  if (resource.resourceType !== 'Binary') return { resource };
  await refuseForeigners(call);
  const { data, ...rest } = resource;
  if (typeof rest['contentType'] !== 'string' || !MEDIA_TYPE.test(rest['contentType'])) {
    throw unprocessable('The content type is not valid.', ['Binary.contentType']);
  }
  if (data !== undefined && typeof data !== 'string') throw unprocessable('Binary.data is not text.', ['Binary.data']);
  const blob = await putBytes(call, decodeBase64(data ?? ''));
  return { resource: { ...rest, resourceType: 'Binary' }, blob };
}
