import { AnjuanError } from '../../errors/anjuan-error.js';
import { captureError } from '../../errors/capture-codes.js';
import type { ArchiveClient, ArchiveReply, ArchiveRequest } from '../../client/types.js';
import { field } from '../../json/read.js';
import { base64OfHex, hashBlob } from '../digest/hash-blob.js';
import type { UploadAcknowledgement, UploadJob, UploadTransport } from '../types.js';
import { binaryOf, checked, digestOf } from './acknowledgement.js';

/** What the transport for plain archives needs. */
export interface ChunkedTransportOptions {
  readonly client: ArchiveClient;
}

/**
 * Uploads for an archive that takes whole files only (`binary-post`): one POST, which begins anew when it breaks. The
 * archive's word for the bytes is, in this order: `Repr-Digest` on the answer, a strong ETag that is the SHA-256, or the
 * bytes themselves, read back and hashed. A second Binary after a lost answer holds the same bytes and belongs to nothing.
 * @source FHIR R4 Binary; RFC 9530 Content-Digest
 */
export function createChunkedTransport({ client }: ChunkedTransportOptions): UploadTransport {
  return { name: 'chunked', upload: (job) => post(client, job) };
}

async function post(client: ArchiveClient, job: UploadJob): Promise<UploadAcknowledgement> {
  const { bytes, sha256, mime, signal } = job;
  const { maxBinaryBytes } = await client.capabilities({ signal, lane: 'background' });
  if (bytes.size > maxBinaryBytes) throw captureError('upload-refused', { details: { maxBytes: maxBinaryBytes } });
  const reply = await request(client, {
    name: 'uploads.post',
    method: 'POST',
    path: 'Binary',
    headers: {
      'content-type': mime,
      'content-digest': `sha-256=:${base64OfHex(sha256)}:`,
      accept: 'application/fhir+json',
    },
    body: bytes,
    repeatable: true,
    lane: 'background',
    alsoOk: [413, 415],
    signal,
  });
  if (reply.status === 413 || reply.status === 415) {
    throw captureError('upload-refused', { requestId: reply.requestId, details: { status: reply.status } });
  }
  const binary = binaryOf(reply.headers.get('location')) ?? binaryInBody(reply.bytes);
  if (binary === undefined) {
    throw new AnjuanError('protocol-invalid', { requestId: reply.requestId, details: { reason: 'no-location' } });
  }
  const named = digestOf(reply.headers);
  const acknowledgement = named === undefined ? await readBack(client, binary, job) : { sha256: named };
  await job.onProgress({ offsetBytes: bytes.size });
  return checked({ binary, sizeBytes: bytes.size, ...acknowledgement }, job);
}

/** What the archive finds wrong with a file today, it finds wrong tomorrow. */
async function request(client: ArchiveClient, call: ArchiveRequest): Promise<ArchiveReply> {
  try {
    return await client.request(call);
  } catch (error) {
    if (!AnjuanError.is(error, 'validation-failed')) throw error;
    throw captureError('upload-refused', { cause: error, details: error.details });
  }
}

function binaryInBody(bytes: Uint8Array): string | undefined {
  try {
    const resource: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const id = field(resource, 'id');
    return field(resource, 'resourceType') === 'Binary' && typeof id === 'string'
      ? binaryOf(`Binary/${id}`)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What the archive really has. */
async function readBack(
  client: ArchiveClient,
  binary: string,
  { mime, signal }: UploadJob,
): Promise<Pick<UploadAcknowledgement, 'sha256' | 'sizeBytes'>> {
  const ask = { path: binary, headers: { accept: mime }, lane: 'background', signal } as const;
  const head = await client.request({ ...ask, name: 'uploads.check', method: 'HEAD', alsoOk: [405, 501] });
  const sizeText = head.headers.get('content-length') ?? '';
  const strong = /^"([0-9a-f]{64})"$/.exec(head.headers.get('etag') ?? '')?.[1];
  const named = digestOf(head.headers) ?? strong;
  if (named !== undefined && /^\d+$/.test(sizeText)) return { sha256: named, sizeBytes: Number(sizeText) };
  const whole = await client.request({ ...ask, name: 'uploads.read-back', method: 'GET' });
  return { sha256: await hashBlob(new Blob([whole.bytes]), { signal }), sizeBytes: whole.bytes.byteLength };
}
