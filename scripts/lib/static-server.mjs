import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
};

function fileIn(folder, path) {
  const file = join(folder, normalize(decodeURIComponent(path)).replace(/^(\.\.[\\/])+/, ''));
  if (!(file + sep).startsWith(folder.endsWith(sep) ? folder : folder + sep)) return undefined;
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isFile()) return { file, size: stat.size };
  return stat?.isDirectory() ? fileIn(folder, join(path, 'index.html')) : undefined;
}

/**
 * Serves folders on a free loopback port. `mounts` maps a path prefix (with `/` at both ends) to a folder; the longest
 * prefix wins. `headers` go with every answer. Resolves to `{ origin, close() }`.
 */
export async function serveStatic({ mounts, headers = {} }) {
  const prefixes = Object.keys(mounts).sort((a, b) => b.length - a.length);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const prefix = prefixes.find((entry) => path.startsWith(entry));
    const found = prefix === undefined ? undefined : fileIn(mounts[prefix], path.slice(prefix.length));
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (found === undefined) {
      // Browsers ask for an icon by themselves; that is no missing file of ours.
      response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    const type = types[extname(found.file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-length': found.size });
    createReadStream(found.file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
