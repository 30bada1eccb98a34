import { isObject, type Json, type JsonObject } from '../fhir/json.js';
import { operationOutcome, toWireError } from '../fhir/outcome.js';
import { badRequest } from '../fhir/refusal.js';
import { keyText } from '../fhir/resource.js';
import type { LinkedWrite } from '../write/apply-writes.js';
import type { WriteResult } from '../write/write-request.js';
import { parseEntry, writeOfEntry, type BundleEntry } from './bundle-entry.js';
import type { Call } from './call.js';
import { commit } from './commit.js';
import { presentOne } from './present.js';
import { readJson } from './read-body.js';
import { FHIR_JSON, jsonResponse, weakETag } from './responses.js';

const MAX_ENTRIES = 5000;

/** Answers one GET of a bundle as if it had come alone. */
export type Dispatch = (call: Call, request: Request) => Promise<Response>;

/** `POST [base]`: batch or transaction. */
export async function bundle(call: Call, dispatch: Dispatch): Promise<Response> {
  const body = await readJson(call.request, call.service.maxJsonBytes);
  if (!isObject(body) || body['resourceType'] !== 'Bundle') throw badRequest('The body is not a Bundle.');
  const { type } = body;
  if (type !== 'batch' && type !== 'transaction')
    throw badRequest('The Bundle is neither batch nor transaction.', ['Bundle.type']);
  const values: unknown = body['entry'] ?? [];
  if (!Array.isArray(values) || values.length > MAX_ENTRIES)
    throw badRequest('Bundle.entry is not a list of acceptable length.');
  const entry =
    type === 'transaction'
      ? await transaction(
          call,
          values.map((value) => parseEntry(value, call.baseUrl)),
          dispatch,
        )
      : await batch(call, values, dispatch);
  return jsonResponse({ resourceType: 'Bundle', type: `${type}-response`, ...(entry.length > 0 && { entry }) });
}

function isRead({ method }: BundleEntry): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Writes first, all or none; then the reads, which see them. */
async function transaction(call: Call, entries: readonly BundleEntry[], dispatch: Dispatch): Promise<readonly Json[]> {
  const writes: LinkedWrite[] = [];
  for (const entry of entries) if (!isRead(entry)) writes.push(await writeOfEntry(call, entry));
  const results = [...(writes.length > 0 ? await commit(call, writes) : [])];
  const answers: Json[] = [];
  for (const entry of entries) {
    const result = isRead(entry) ? undefined : results.shift();
    answers.push(result ? await written(call, result) : await answered(call, entry, dispatch));
  }
  return answers;
}

/** Every entry on its own; one that fails does not touch the others. */
async function batch(call: Call, values: readonly unknown[], dispatch: Dispatch): Promise<readonly Json[]> {
  const answers: Json[] = [];
  for (const value of values) {
    try {
      answers.push(await batchOne(call, parseEntry(value, call.baseUrl), dispatch));
    } catch (error) {
      const wire = toWireError(error);
      answers.push({ response: { status: String(wire.status), outcome: operationOutcome(wire) } });
    }
  }
  return answers;
}

async function batchOne(call: Call, entry: BundleEntry, dispatch: Dispatch): Promise<Json> {
  if (isRead(entry)) return answered(call, entry, dispatch);
  const [result] = await commit(call, [await writeOfEntry(call, entry)]);
  return result ? written(call, result) : {};
}

async function written(call: Call, { outcome, version }: WriteResult): Promise<JsonObject> {
  const { baseUrl, access } = call;
  const readable = access.decide(version.access).decision === 'read';
  return {
    fullUrl: `${baseUrl}/${keyText(version)}`,
    ...(readable && { resource: await presentOne(call, version) }),
    response: {
      status: outcome === 'created' ? '201 Created' : '200 OK',
      location: `${keyText(version)}/_history/${version.versionId}`,
      etag: weakETag(version.versionId),
      lastModified: version.lastUpdated,
    },
  };
}

async function answered(call: Call, entry: BundleEntry, dispatch: Dispatch): Promise<Json> {
  const headers = new Headers({ accept: FHIR_JSON });
  const prefer = call.request.headers.get('prefer');
  if (prefer !== null) headers.set('prefer', prefer);
  const request = new Request(`${call.baseUrl}/${entry.url}`, { method: entry.method, headers, signal: call.signal });
  const response = await dispatch(call, request);
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const body = isJson ? ((await response.json()) as JsonObject) : undefined;
  if (!isJson) await response.body?.cancel();
  const etag = response.headers.get('etag');
  const status = String(response.status);
  if (!response.ok) return { response: { status, ...(body && { outcome: body }) } };
  return { ...(body && { resource: body }), response: { status, ...(etag !== null && { etag }) } };
}
