import { AnjuanError } from '@anjuan/core';
import { applyJsonPatch } from '../fhir/json-patch.js';
import { badRequest, Refusal } from '../fhir/refusal.js';
import type { ResourceKey, ResourceType } from '../fhir/resource.js';
import { validateResource } from '../fhir/validate.js';
import type { WriteRequest, WriteResult } from '../write/write-request.js';
import { storeBinaryData, uploadBinary } from './binary-upload.js';
import type { Call } from './call.js';
import { commit, locationOf } from './commit.js';
import { readable } from './guard.js';
import { preference } from './preferences.js';
import { presentOne } from './present.js';
import { mediaType, readJson } from './read-body.js';
import { jsonResponse, versionHeaders } from './responses.js';

const fhirTypes = ['application/fhir+json', 'application/json'];

function isFhirJson(request: Request): boolean {
  return fhirTypes.includes(mediaType(request));
}

function unsupportedMedia(): Refusal {
  const message = 'The archive takes application/fhir+json.';
  return new Refusal('protocol-invalid', { status: 415, issue: 'not-supported', message });
}

/** A writer that may not read gets the address back, not the content. */
async function written(call: Call, result: WriteResult): Promise<Response> {
  const { version, outcome } = result;
  const status = outcome === 'created' ? 201 : 200;
  const headers: Record<string, string> = { ...versionHeaders(version), Location: locationOf(call, version) };
  const minimal = preference(call.request, 'return') === 'minimal';
  if (minimal || call.access.decide(version.access).decision !== 'read') return new Response(null, { status, headers });
  return jsonResponse(await presentOne(call, version), { status, headers });
}

async function commitOne(call: Call, request: WriteRequest): Promise<Response> {
  const [result] = await commit(call, [{ request }]);
  if (!result) throw new AnjuanError('server-fault');
  return written(call, result);
}

/** `POST Type`: create, or conditional create with If-None-Exist. `POST Binary` also takes raw bytes. */
export async function create(call: Call, type: ResourceType): Promise<Response> {
  const ifNoneExist = call.request.headers.get('if-none-exist') ?? undefined;
  const condition = ifNoneExist === undefined ? {} : { ifNoneExist: ifNoneExist.replace(/^[^?]*\?/, '') };
  if (!isFhirJson(call.request)) {
    if (type !== 'Binary') throw unsupportedMedia();
    return commitOne(call, { kind: 'create', type, ...(await uploadBinary(call)), ...condition });
  }
  const body = validateResource(await readJson(call.request, call.service.maxJsonBytes), type);
  const content = await storeBinaryData(call, body);
  return commitOne(call, { kind: 'create', type, ...content, ...condition });
}

function guards(call: Call): { ifMatch?: string; mustBeNew?: true } {
  const ifMatch = call.request.headers.get('if-match');
  const mustBeNew = call.request.headers.get('if-none-match')?.trim() === '*';
  return { ...(ifMatch !== null && { ifMatch }), ...(mustBeNew && { mustBeNew }) };
}

/** `PUT Type/id`: update with If-Match, or create under a fixed id. */
export async function update(call: Call, key: ResourceKey): Promise<Response> {
  if (!isFhirJson(call.request)) {
    if (key.type !== 'Binary') throw unsupportedMedia();
    return commitOne(call, { kind: 'update', key, ...(await uploadBinary(call)), ...guards(call) });
  }
  const body = validateResource(await readJson(call.request, call.service.maxJsonBytes), key.type);
  if (body.id !== key.id) throw badRequest('The id of the body is not that of the URL.', [`${key.type}.id`]);
  return commitOne(call, { kind: 'update', key, ...(await storeBinaryData(call, body)), ...guards(call) });
}

/** `PATCH Type/id` with a JSON Patch and If-Match. */
export async function patch(call: Call, key: ResourceKey): Promise<Response> {
  if (mediaType(call.request) !== 'application/json-patch+json') throw unsupportedMedia();
  if (key.type === 'Binary') throw badRequest('Bytes cannot be patched.');
  const current = await readable(call, 'patch', key);
  const patched = applyJsonPatch(current.resource, await readJson(call.request, call.service.maxJsonBytes));
  const resource = validateResource(patched, key.type);
  if (resource.id !== key.id) throw badRequest('A patch cannot change the id.', [`${key.type}.id`]);
  return commitOne(call, { kind: 'update', key, resource, ...guards(call) });
}
