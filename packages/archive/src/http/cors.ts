/** Headers that pages of other origins may read. */
const EXPOSED = [
  'ETag',
  'Accept-Ranges',
  'Content-Range',
  'Content-Length',
  'Retry-After',
  'Location',
  'Date',
  'Last-Modified',
  'X-Request-Id',
  'Content-Location',
  'Repr-Digest',
  'Tus-Resumable',
  'Tus-Extension',
  'Tus-Checksum-Algorithm',
  'Tus-Max-Size',
  'Upload-Offset',
  'Upload-Length',
  'Upload-Expires',
].join(', ');

const REQUEST_HEADERS = [
  'Authorization',
  'Accept',
  'Content-Type',
  'Content-Digest',
  'If-Match',
  'If-None-Match',
  'If-None-Exist',
  'If-Range',
  'Prefer',
  'Range',
  'Cache-Control',
  'Idempotency-Key',
  'X-Request-Id',
  'X-Security-Context',
  'Tus-Resumable',
  'Upload-Length',
  'Upload-Offset',
  'Upload-Metadata',
  'Upload-Checksum',
].join(', ');

export const METHODS = 'GET, HEAD, POST, PUT, PATCH, OPTIONS';

function allowedOrigin(request: Request, allowed: readonly string[]): string | undefined {
  const origin = request.headers.get('origin');
  if (origin === null) return undefined;
  if (allowed.includes('*')) return '*';
  return allowed.includes(origin) ? origin : undefined;
}

/** Lets pages of allowed origins read the response. Tokens travel in a header, so no credentials are ever allowed. */
export function addCors(headers: Headers, request: Request, allowed: readonly string[]): void {
  headers.append('Vary', 'Origin');
  const origin = allowedOrigin(request, allowed);
  if (origin === undefined) return;
  headers.set('Access-Control-Allow-Origin', origin);
  headers.set('Access-Control-Expose-Headers', EXPOSED);
}

/** Answers `OPTIONS`. `discovery`: what the address offers besides. */
export function preflight(
  request: Request,
  allowed: readonly string[],
  discovery?: Readonly<Record<string, string>>,
): Response {
  // Only an upload that is not finished can be ended; nothing that is stored is ever deleted.
  const methods = discovery ? `${METHODS}, DELETE` : METHODS;
  const headers = new Headers({ Allow: methods, ...discovery });
  if (allowedOrigin(request, allowed) !== undefined) {
    headers.set('Access-Control-Allow-Methods', methods);
    headers.set('Access-Control-Allow-Headers', REQUEST_HEADERS);
    headers.set('Access-Control-Max-Age', '86400');
  }
  return new Response(null, { status: 204, headers });
}
