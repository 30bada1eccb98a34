import { badRequest, Refusal } from '../fhir/refusal.js';
import { errorResponse, jsonResponse } from './responses.js';
import { toWireError } from '../fhir/outcome.js';
import { readBinary } from './binary-read.js';
import { capabilityStatement } from './capability.js';
import { bundle } from './bundle.js';
import type { Call } from './call.js';
import { METHODS } from './cors.js';
import { operation } from './operation.js';
import { mediaType, readForm } from './read-body.js';
import { history, read, vread } from './read.js';
import { routeOf, type Route } from './route.js';
import { search } from './search.js';
import { upload } from './upload.js';
import { create, patch, update } from './write.js';

/** A form holds what somebody typed. */
const MAX_FORM_BYTES = 256 * 1024;

/** 405, with what is allowed. */
export function notAllowed(): Refusal {
  const message = 'The archive does not offer this method here; nothing is ever deleted.';
  return new Refusal('protocol-invalid', { status: 405, issue: 'not-supported', message, headers: { Allow: METHODS } });
}

/** Finds the interaction for a route and method. HEAD is GET; the caller drops the body. */
export async function dispatch(call: Call, route: Route): Promise<Response> {
  // An upload tells with HEAD how far it is; everywhere else HEAD is GET without the body.
  const method = call.request.method === 'HEAD' ? 'GET' : call.request.method;
  switch (route.kind) {
    case 'system':
      if (method === 'POST') return bundle(call, nested);
      throw notAllowed();
    case 'type':
      if (method === 'GET') return search(call, route.type, call.url.searchParams);
      if (method === 'POST') return create(call, route.type);
      throw notAllowed();
    case 'search':
      if (method === 'POST') return searchByForm(call, route.type);
      throw notAllowed();
    case 'instance':
      return instance(call, route, method);
    case 'history':
      if (method === 'GET') return history(call, route.key);
      throw notAllowed();
    case 'version':
      if (method !== 'GET') throw notAllowed();
      return route.key.type === 'Binary' ? readBinary(call, route.key, route.versionId) : vread(call, route);
    case 'operation':
      if (method === 'GET') return operation(call, route);
      if (method === 'POST') return operation(await withForm(call), route);
      throw notAllowed();
    case 'upload':
      return upload(call, route.uploadId);
    case 'metadata':
      if (method === 'GET') return jsonResponse(capabilityStatement(call.service));
      throw notAllowed();
  }
}

function instance(call: Call, route: Extract<Route, { kind: 'instance' }>, method: string): Promise<Response> {
  if (method === 'GET') return route.key.type === 'Binary' ? readBinary(call, route.key) : read(call, route.key);
  if (method === 'PUT') return update(call, route.key);
  if (method === 'PATCH') return patch(call, route.key);
  throw notAllowed();
}

async function searchByForm(call: Call, type: Extract<Route, { kind: 'search' }>['type']): Promise<Response> {
  return search(call, type, (await withForm(call)).url.searchParams);
}

/** The call with the fields of its form among the parameters; what a person typed need not stand in an address. */
async function withForm(call: Call): Promise<Call> {
  const empty = mediaType(call.request) === '';
  if (!empty && mediaType(call.request) !== 'application/x-www-form-urlencoded') {
    throw badRequest('A search or an operation by POST is a form.');
  }
  const form = await readForm(call.request, MAX_FORM_BYTES);
  const url = new URL(call.url);
  url.search = new URLSearchParams([...url.searchParams, ...form]).toString();
  return { ...call, url };
}

/** One GET of a bundle: the same user, the same rules. */
async function nested(call: Call, request: Request): Promise<Response> {
  const url = new URL(request.url);
  try {
    const route = routeOf(url, new URL(call.baseUrl).pathname);
    if (route.kind === 'system') throw notAllowed();
    return await dispatch({ ...call, request, url }, route);
  } catch (error) {
    return errorResponse(toWireError(error));
  }
}
