import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { pageHeaders, type PagePolicy } from './security-headers.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.otf': 'font/otf',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.icc': 'application/octet-stream',
  '.txt': 'text/plain; charset=utf-8',
};

/** Files of one folder under one address, revalidated by ETag. `prefix` starts and ends with a slash. */
export function staticFolder(
  prefix: string,
  folder: string,
  policy: PagePolicy = {},
): (request: Request) => Promise<Response> {
  const secure = pageHeaders(policy);
  return async (request) => {
    const file = fileOf(new URL(request.url).pathname, prefix, folder);
    if (file === undefined) return plain(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405);
    const info = await stat(file).catch(() => undefined);
    if (!info?.isFile()) return plain(404);
    const bytes = await readFile(file);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    const headers = {
      ...secure,
      'content-type': types[extname(file).toLowerCase()] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      etag,
    };
    if (request.headers.get('if-none-match')?.replace(/^W\//, '') === etag)
      return new Response(null, { status: 304, headers });
    const body = request.method === 'HEAD' ? null : new Uint8Array(bytes);
    return new Response(body, { headers: { ...headers, 'content-length': String(bytes.byteLength) } });
  };
}

/** The file behind an address, never outside the folder. */
function fileOf(pathname: string, prefix: string, folder: string): string | undefined {
  if (!pathname.startsWith(prefix)) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(pathname.slice(prefix.length));
  } catch {
    return undefined;
  }
  if (path.includes('\0')) return undefined;
  const file = normalize(join(folder, path === '' || path.endsWith('/') ? `${path}index.html` : path));
  return file.startsWith(normalize(folder + sep)) ? file : undefined;
}

function plain(status: 404 | 405): Response {
  const headers = { ...pageHeaders(), 'content-type': 'text/plain; charset=utf-8' };
  return new Response(status === 404 ? 'Not found' : 'Method not allowed', { status, headers });
}
