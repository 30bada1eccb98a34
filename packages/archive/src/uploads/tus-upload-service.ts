import { mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { KeyedQueue } from './keyed-queue.js';
import type { ReceivedUpload, UploadCall, UploadService } from '../service/upload-service.js';
import { checkPart, CHECKSUM_ALGORITHMS } from './checksum.js';

/** Where unfinished uploads wait, and how long. */
export interface TusUploadOptions {
  readonly directory: string;
  readonly maxBytes: number;
  /** Milliseconds after which an unfinished upload is gone. Default 24 hours. */
  readonly expireAfterMs?: number;
}

/** The part of `@tus/server` that takes web requests. */
type TusServer = Pick<Server, 'handleWeb' | 'cleanUpExpiredUploads'>;

const HOURS_24 = 24 * 60 * 60 * 1000;
const UPLOAD_ID = /^[0-9a-f]{32}$/;
const TUS = { 'Tus-Resumable': '1.0.0', 'Cache-Control': 'no-store' } as const;

/**
 * Resumable uploads: creation, checksum, termination, expiration. A finished upload is a Binary, and says so whenever it is
 * asked: `Content-Location` and `Repr-Digest` (RFC 9530), so that a lost acknowledgement costs one HEAD.
 * @source tus resumable upload protocol 1.0.0
 */
export async function createTusUploads(
  options: TusUploadOptions,
): Promise<UploadService & { expire(): Promise<number> }> {
  const { directory, maxBytes, expireAfterMs = HOURS_24 } = options;
  await mkdir(directory, { recursive: true });
  const files = new FileStore({ directory, expirationPeriodInMilliseconds: expireAfterMs });
  const tus: TusServer = new Server({
    path: '/',
    datastore: files,
    maxSize: maxBytes,
    relativeLocation: true,
    onUploadCreate: (request, upload) =>
      Promise.resolve({
        metadata: { filetype: upload.metadata?.['filetype'] ?? null, owner: request.headers.get(OWNER) },
      }),
  });
  const uploads = new TusUploads(tus, files);
  return {
    discovery: {
      'Tus-Resumable': '1.0.0',
      'Tus-Version': '1.0.0',
      'Tus-Extension': 'creation,checksum,termination,expiration',
      'Tus-Max-Size': String(maxBytes),
      'Tus-Checksum-Algorithm': CHECKSUM_ALGORITHMS.join(','),
    },
    handle: (call) => uploads.handle(call),
    expire: () => tus.cleanUpExpiredUploads(),
  };
}

/** Tells the tus server who creates an upload; a client's own header of this name never gets there. */
const OWNER = 'x-upload-owner';

class TusUploads {
  readonly #tus: TusServer;
  readonly #files: FileStore;
  readonly #queue = new KeyedQueue();

  constructor(tus: TusServer, files: FileStore) {
    this.#tus = tus;
    this.#files = files;
  }

  async handle(call: UploadCall): Promise<Response> {
    const { uploadId } = call;
    const { method } = call.request;
    if (uploadId === undefined) return method === 'POST' ? this.#create(call) : refused(405);
    if (!UPLOAD_ID.test(uploadId)) return refused(404);
    // One at a time: the same part sent twice is written once, and a file is never finished twice.
    return this.#queue.run(uploadId, async () => {
      const received = await call.received(uploadId);
      if (received) return acknowledged(call, received);
      if (!(await this.#owns(call, uploadId))) return refused(404);
      if (method === 'PATCH') return this.#append(call, uploadId);
      if (method === 'HEAD') return (await this.#finish(call, uploadId)) ?? this.#forward(call);
      return method === 'DELETE' ? this.#forward(call) : refused(405);
    });
  }

  async #create(call: UploadCall): Promise<Response> {
    const answer = await this.#forward(call);
    const location = answer.headers.get('location');
    if (location) answer.headers.set('location', `${call.endpoint}/${location.split('/').pop() ?? ''}`);
    return answer;
  }

  async #owns(call: UploadCall, uploadId: string): Promise<boolean> {
    const upload = await this.#files.getUpload(uploadId).catch(() => undefined);
    return upload?.metadata?.['owner'] === call.ownerId;
  }

  async #append(call: UploadCall, uploadId: string): Promise<Response> {
    const checksum = call.request.headers.get('upload-checksum');
    const part = checksum === null ? undefined : await checkPart(call.request.body, checksum);
    if (part && 'status' in part) return refused(part.status);
    const answer = await this.#forward(call, part?.bytes);
    return answer.ok ? ((await this.#finish(call, uploadId)) ?? answer) : answer;
  }

  /** The acknowledgement of a complete upload; undefined while parts are missing. */
  async #finish(call: UploadCall, uploadId: string): Promise<Response | undefined> {
    const upload = await this.#files.getUpload(uploadId);
    if (upload.size === undefined || upload.offset !== upload.size) return undefined;
    const mime = upload.metadata?.['filetype'] ?? 'application/octet-stream';
    const bytes = Readable.toWeb(this.#files.read(uploadId)) as ReadableStream<Uint8Array>;
    const received = await call.receive(uploadId, { mime, bytes });
    // The blob store has them now; a crash before this line leaves a file that expires.
    await this.#files.remove(uploadId).catch(() => undefined);
    return acknowledged(call, received);
  }

  #forward({ request, ownerId, uploadId }: UploadCall, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
    const headers = new Headers(request.headers);
    headers.set(OWNER, ownerId);
    const { method } = request;
    const content = method === 'PATCH' ? { body: body ?? request.body, duplex: 'half' as const } : {};
    return this.#tus.handleWeb(new Request(`http://tus.invalid/${uploadId ?? ''}`, { method, headers, ...content }));
  }
}

function acknowledged(call: UploadCall, { binary, sha256, sizeBytes }: ReceivedUpload): Response {
  const { method } = call.request;
  if (method === 'DELETE') return refused(403);
  const offset = Number(call.request.headers.get('upload-offset'));
  // A repeated last part is fine; a part that begins elsewhere is a mistake.
  if (method === 'PATCH' && offset > sizeBytes) return refused(409);
  const digest = Buffer.from(sha256, 'hex').toString('base64');
  return new Response(null, {
    status: method === 'HEAD' ? 200 : 204,
    headers: {
      ...TUS,
      'Upload-Offset': String(sizeBytes),
      'Upload-Length': String(sizeBytes),
      'Content-Location': binary,
      'Repr-Digest': `sha-256=:${digest}:`,
    },
  });
}

function refused(status: number): Response {
  return new Response(null, { status, headers: TUS });
}
