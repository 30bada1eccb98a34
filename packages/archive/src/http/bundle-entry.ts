import { isObject, stringAt, type JsonObject } from '../fhir/json.js';
import { badRequest } from '../fhir/refusal.js';
import { parseReference } from '../fhir/references.js';
import { isResourceType } from '../fhir/resource.js';
import { validateResource } from '../fhir/validate.js';
import type { LinkedWrite } from '../write/apply-writes.js';
import { storeBinaryData } from './binary-upload.js';
import type { Call } from './call.js';

/** One request inside a bundle. */
export interface BundleEntry {
  readonly method: string;
  /** Relative to the base, with its query. */
  readonly url: string;
  readonly fullUrl?: string;
  readonly resource: unknown;
  readonly request: JsonObject;
}

export function parseEntry(value: unknown, baseUrl: string): BundleEntry {
  const request = isObject(value) ? value['request'] : undefined;
  if (!isObject(value) || !isObject(request))
    throw badRequest('A bundle entry has no request.', ['Bundle.entry.request']);
  const method = stringAt(request, 'method');
  const url = stringAt(request, 'url');
  if (method === undefined || url === undefined) {
    throw badRequest('A bundle entry lacks method or url.', ['Bundle.entry.request']);
  }
  const relative = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length + 1) : url.replace(/^\//, '');
  const fullUrl = stringAt(value, 'fullUrl');
  return {
    method: method.toUpperCase(),
    url: relative,
    resource: value['resource'],
    request,
    ...(fullUrl !== undefined && { fullUrl }),
  };
}

/** The write an entry asks for; stores the bytes of a Binary on the way. Throws 400 or 422. */
export async function writeOfEntry(call: Call, entry: BundleEntry): Promise<LinkedWrite> {
  const { method, url, fullUrl, request } = entry;
  const link = fullUrl === undefined ? {} : { fullUrl };
  const path = url.split('?')[0] ?? '';
  if (method === 'POST') {
    if (!isResourceType(path))
      throw badRequest('A POST entry needs a resource type as url.', ['Bundle.entry.request.url']);
    const content = await storeBinaryData(call, validateResource(entry.resource, path));
    const ifNoneExist = stringAt(request, 'ifNoneExist')?.replace(/^[^?]*\?/, '');
    const condition = ifNoneExist === undefined ? {} : { ifNoneExist };
    return { ...link, request: { kind: 'create', type: path, ...content, ...condition } };
  }
  const key = parseReference(path);
  if (method !== 'PUT' || !key || url.includes('?')) {
    throw badRequest('An entry asks for what a transaction cannot do.', ['Bundle.entry.request']);
  }
  const resource = validateResource(entry.resource, key.type);
  if (resource.id !== key.id)
    throw badRequest('The id of the body is not that of the URL.', ['Bundle.entry.resource.id']);
  const ifMatch = stringAt(request, 'ifMatch');
  const mustBeNew = stringAt(request, 'ifNoneMatch')?.trim() === '*';
  const content = await storeBinaryData(call, resource);
  return {
    ...link,
    request: {
      kind: 'update',
      key,
      ...content,
      ...(ifMatch !== undefined && { ifMatch }),
      ...(mustBeNew && { mustBeNew }),
    },
  };
}
