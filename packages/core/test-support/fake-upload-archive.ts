import { createHash } from 'node:crypto';
import { extensions } from '../src/model/fhir-names.js';
import type { Transport } from '../src/transport/transport.js';

export const UPLOAD_BASE = 'https://archive.test/fhir';

interface Upload {
  readonly sizeBytes: number;
  readonly mime: string;
  bytes: Buffer;
}

export interface SeenUpload {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
}

/** An archive that takes uploads, as tus and as whole files, and can be made to misbehave. */
export class FakeUploadArchive {
  upload: readonly string[] = ['binary-post', 'tus'];
  checksums = 'sha256,sha1';
  maxBytes = 100 * 1024 * 1024;
  /** Answers in place of the archive; undefined lets it answer. `after` lets it act first and loses the answer. */
  fault: ((request: Request, path: string) => Response | 'after' | 'damage' | undefined) | undefined;
  /** What is stored: `Binary/{id}` by id. */
  readonly binaries = new Map<string, { readonly bytes: Buffer; readonly mime: string }>();
  readonly seen: SeenUpload[] = [];
  /** Answers everything that is no upload. */
  other: ((request: Request, path: string) => Response | Promise<Response>) | undefined;
  readonly #uploads = new Map<string, Upload>();
  #ids = 0;

  /** Unfinished uploads are gone, as after their expiry. */
  forget(): void {
    this.#uploads.clear();
  }

  readonly transport: Transport = async (request) => {
    const path = new URL(request.url).pathname.replace(/^\/fhir\/?/, '');
    const fault = this.fault?.(request, path);
    let response: Response;
    if (fault instanceof Response) response = fault;
    else if (fault === 'damage') response = await this.#answer(request, path, true);
    else response = await this.#answer(request, path, false);
    this.seen.push({ method: request.method, path, status: response.status, headers: request.headers });
    if (fault === 'after') throw new TypeError('connection lost');
    return response;
  };

  async #answer(request: Request, path: string, damage: boolean): Promise<Response> {
    if (path === 'metadata') return Response.json(this.#statement());
    if (path === '$upload') return request.method === 'POST' ? this.#create(request) : this.#discover();
    if (path.startsWith('$upload/')) return this.#upload(request, path.slice('$upload/'.length), damage);
    if (path === 'Binary') return this.#post(request);
    const binary = this.binaries.get(path.replace('Binary/', ''));
    if (path.startsWith('Binary/') && binary) {
      return new Response(request.method === 'HEAD' ? null : Uint8Array.from(binary.bytes), {
        headers: { etag: 'W/"1"', 'content-type': binary.mime },
      });
    }
    return this.other?.(request, path) ?? new Response(null, { status: 404 });
  }

  #statement(): unknown {
    const upload = this.upload.map((valueCode) => ({ url: 'upload', valueCode }));
    const size = { url: 'max-binary-bytes', valueDecimal: this.maxBytes };
    return {
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      extension: [{ url: extensions.archiveCapabilities, extension: [...upload, size] }],
    };
  }

  #discover(): Response {
    return new Response(null, { status: 204, headers: { 'tus-checksum-algorithm': this.checksums } });
  }

  #create(request: Request): Response {
    const sizeBytes = Number(request.headers.get('upload-length'));
    if (sizeBytes > this.maxBytes) return new Response(null, { status: 413 });
    const mime = Buffer.from(request.headers.get('upload-metadata')?.split(' ')[1] ?? '', 'base64').toString();
    const id = `u${(this.#ids += 1)}`;
    this.#uploads.set(id, { sizeBytes, mime, bytes: Buffer.alloc(0) });
    this.#finish(id);
    return new Response(null, { status: 201, headers: { location: `${UPLOAD_BASE}/$upload/${id}` } });
  }

  async #upload(request: Request, id: string, damage: boolean): Promise<Response> {
    const upload = this.#uploads.get(id);
    if (!upload) return new Response(null, { status: 404 });
    if (request.method === 'DELETE') {
      this.#uploads.delete(id);
      return new Response(null, { status: 204 });
    }
    if (request.method === 'PATCH') {
      const part = Buffer.from(await request.arrayBuffer());
      if (this.#uploads.get(id) !== upload) return new Response(null, { status: 404 });
      if (Number(request.headers.get('upload-offset')) !== upload.bytes.length)
        return new Response(null, { status: 409 });
      if (damage) part[0] = (part[0] ?? 0) ^ 1;
      const [name, digest] = (request.headers.get('upload-checksum') ?? ' ').split(' ');
      if (name && createHash(name).update(part).digest('base64') !== digest) return new Response(null, { status: 460 });
      upload.bytes = Buffer.concat([upload.bytes, part]);
      this.#finish(id);
    }
    const headers = { 'upload-offset': String(upload.bytes.length), 'upload-length': String(upload.sizeBytes) };
    const done = upload.bytes.length === upload.sizeBytes;
    return new Response(null, {
      status: request.method === 'HEAD' ? 200 : 204,
      headers: done
        ? { ...headers, 'content-location': `Binary/${id}`, 'repr-digest': `sha-256=:${sha256(upload.bytes)}:` }
        : headers,
    });
  }

  #finish(id: string): void {
    const upload = this.#uploads.get(id);
    if (upload?.bytes.length === upload?.sizeBytes && upload) this.binaries.set(id, upload);
  }

  async #post(request: Request): Promise<Response> {
    const bytes = Buffer.from(await request.arrayBuffer());
    if (bytes.length > this.maxBytes) return new Response(null, { status: 413 });
    const id = `b${(this.#ids += 1)}`;
    this.binaries.set(id, { bytes, mime: request.headers.get('content-type') ?? '' });
    return Response.json(
      { resourceType: 'Binary', id },
      { status: 201, headers: { location: `${UPLOAD_BASE}/Binary/${id}/_history/1` } },
    );
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}
