import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';

/** Files with ranges, as any web server offers them: without, a PDF viewer must wait for the whole file. */
export function rangeFiles(prefix: string, folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const file = join(folder, basename(new URL(request.url).pathname.slice(prefix.length)));
    const info = await stat(file).catch(() => undefined);
    if (!info?.isFile()) return new Response(null, { status: 404 });
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '');
    const start = Number(range?.[1] ?? 0);
    const last = Math.min(range?.[2] ? Number(range[2]) : info.size - 1, info.size - 1);
    if (start > last) return new Response(null, { status: 416 });
    const body = Readable.toWeb(createReadStream(file, { start, end: last })) as ReadableStream<Uint8Array>;
    const headers = new Headers({
      'content-type': 'application/pdf',
      'accept-ranges': 'bytes',
      'content-length': String(last - start + 1),
    });
    if (range) headers.set('content-range', `bytes ${String(start)}-${String(last)}/${String(info.size)}`);
    return new Response(body, { status: range ? 206 : 200, headers });
  };
}
