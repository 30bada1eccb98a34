import { AnjuanError } from '@anjuan/core';
import type { Principal } from '../auth/principal.js';
import { toWireError } from '../fhir/outcome.js';
import { Access } from '../policy/access.js';
import { addCors, preflight } from './cors.js';
import type { Call } from './call.js';
import { capabilityStatement } from './capability.js';
import { dispatch, notAllowed } from './dispatch.js';
import { preference } from './preferences.js';
import { errorResponse, jsonResponse } from './responses.js';
import { routeOf } from './route.js';
import type { Service } from './service.js';

const REQUEST_ID = /^[\w.:-]{1,64}$/;

/** The caller's id when it is one, else a new one: safe to log and to echo. */
function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id') ?? '';
  return REQUEST_ID.test(given) ? given : crypto.randomUUID();
}

async function answer(service: Service, request: Request, requestId: string): Promise<Response> {
  const url = new URL(request.url);
  const route = routeOf(url, service.basePath);
  if (route.kind === 'metadata') {
    if (request.method === 'GET' || request.method === 'HEAD') return jsonResponse(capabilityStatement(service));
    throw notAllowed();
  }
  const principal: Principal = await service.auth.authenticate(request);
  const call: Call = {
    service,
    request,
    url,
    baseUrl: service.baseUrl ?? `${url.origin}${service.basePath}`,
    requestId,
    access: new Access(principal, service.rules),
    signal: request.signal,
    strict: preference(request, 'handling') === 'strict',
  };
  return dispatch(call, route);
}

function isUpload({ basePath }: Service, request: Request): boolean {
  return new URL(request.url).pathname.startsWith(`${basePath}/$upload`);
}

/** A response without its body, for HEAD. */
async function bodiless(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}

/** Answers every request; failures become OperationOutcomes. */
export async function handle(service: Service, request: Request): Promise<Response> {
  if (request.method === 'OPTIONS') {
    const discovery = isUpload(service, request) ? service.uploadService?.discovery : undefined;
    return finish(service, request, preflight(request, service.allowedOrigins, discovery), requestIdOf(request));
  }
  const requestId = requestIdOf(request);
  let response: Response;
  try {
    response = await answer(service, request, requestId);
  } catch (error) {
    response = errorResponse(toWireError(request.signal.aborted ? new AnjuanError('aborted') : error));
  }
  if (request.method === 'HEAD' && response.body) response = await bodiless(response);
  return finish(service, request, response, requestId);
}

function finish(service: Service, request: Request, response: Response, requestId: string): Response {
  const { headers } = response;
  addCors(headers, request, service.allowedOrigins);
  headers.append('Vary', 'Accept, Authorization');
  headers.set('X-Request-Id', requestId);
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Date', service.clock.now().toUTCString());
  return response;
}
