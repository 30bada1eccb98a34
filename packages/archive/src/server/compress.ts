import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compressible = /^(?:text\/|application\/(?:[\w.-]+\+)?json\b|image\/svg)/;
/** Smaller answers fit one packet anyway. */
const MIN_BYTES = 1400;
/** Most of the gain for little of the time: answers are made for one person who waits. */
const LEVEL = 4;
const KEPT = 200;
const gzipBytes = promisify(gzip);

/** Sends texts and scripts compressed to who accepts it. Pictures and files pass as they are, and so do ranges of them. */
export function compressing(): (request: Request, response: Response) => Promise<Response> {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  return async (request, response) => {
    const { headers } = response;
    const type = headers.get('content-type') ?? '';
    const plain = response.status !== 200 || response.body === null || !compressible.test(type);
    // A file that is offered in ranges must stay the same bytes.
    if (plain || headers.has('accept-ranges')) return response;
    headers.append('vary', 'Accept-Encoding');
    const length = headers.get('content-length');
    const small = length !== null && Number(length) < MIN_BYTES;
    if (small || headers.has('content-encoding') || !accepts(request)) return response;
    const etag = headers.get('etag');
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.byteLength < MIN_BYTES) return new Response(bytes, { headers });
    // Scripts are the same for everybody and asked for by all; what is private is never kept.
    const key = type.startsWith('text/javascript') && etag !== null ? etag : undefined;
    const known = key === undefined ? undefined : kept.get(key);
    const packed = known ?? new Uint8Array(await gzipBytes(bytes, { level: LEVEL }));
    if (key !== undefined) {
      if (kept.size >= KEPT) kept.clear();
      kept.set(key, packed);
    }
    headers.set('content-encoding', 'gzip');
    headers.set('content-length', String(packed.byteLength));
    // A strong tag names exact bytes, and these are others. @source RFC 9110 section 8.8.3.3
    if (etag !== null && !etag.startsWith('W/')) headers.set('etag', `W/${etag}`);
    return new Response(packed, { headers });
  };
}

function accepts(request: Request): boolean {
  const codings = (request.headers.get('accept-encoding') ?? '').split(',');
  return codings.some((coding) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)[\d.]+\s*)?$/.test(coding));
}
