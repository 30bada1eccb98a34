import { AnjuanError } from '../../errors/anjuan-error.js';
import { parseJson, text } from '../../json/read.js';
import { mediaTypeOf, textOf, type Reply } from '../../transport/call.js';
import { callContext, type CallContext, type ClientContext } from '../context.js';
import type { BytesOptions, BytesRef } from '../types.js';
import { decodeBase64, locateBytes, type BytesLocation } from './location.js';

/** The whole file, in one request, with progress; the digest is checked before anybody sees a byte. */
export async function readBytes(context: ClientContext, ref: BytesRef, options: BytesOptions = {}): Promise<Blob> {
  context.assertOpen();
  const call = callContext(options);
  const location = await locateBytes(context, ref, call);
  const { blob, requestId } = await load(context, { ref, location, call, options });
  if (blob.size === 0) throw new AnjuanError('document-empty', { requestId });
  if (options.digest !== undefined && !(await hasDigest(blob, options.digest, options))) {
    throw new AnjuanError('integrity-mismatch', { requestId, details: { sizeBytes: blob.size } });
  }
  return blob;
}

/** The digest comes with the first file that has one to check. */
async function hasDigest(blob: Blob, digest: string, options: BytesOptions): Promise<boolean> {
  const { sha256Hex } = await import('../../digest/sha256.js');
  return (await sha256Hex(blob, options)) === digest.toLowerCase();
}

interface LoadRequest {
  readonly ref: BytesRef;
  readonly location: BytesLocation;
  readonly call: CallContext;
  readonly options: BytesOptions;
}

async function load(
  context: ClientContext,
  { ref, location, call, options }: LoadRequest,
): Promise<{ blob: Blob; requestId: string }> {
  const type = ref.mime ?? '';
  if (location.kind === 'inline') return { blob: new Blob([location.bytes], { type }), requestId: '' };
  const reply = await context.http.get({
    ...call,
    name: 'documents.bytes',
    url: location.url,
    subject: 'document',
    headers: bytesHeaders(ref),
    deadline: 'idle',
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  return { blob: blobOf(reply, ref), requestId: reply.requestId };
}

export function bytesHeaders(ref: BytesRef): Readonly<Record<string, string>> {
  return { accept: ref.mime === undefined ? '*/*' : `${ref.mime}, */*;q=0.5` };
}

/** The file in a reply. Errors: `protocol-not-fhir` for a proxy's page in its place. */
export function blobOf(reply: Reply, ref: BytesRef): Blob {
  assertNoProxyPage(reply, ref);
  const answered = mediaTypeOf(reply);
  const type = ref.mime ?? answered;
  if (answered === 'application/fhir+json' && type !== answered) {
    // Some engines wrap the bytes in a Binary whatever we accept.
    const resource = parseJson(textOf(reply));
    const bytes = decodeBase64(text(resource, 'data') ?? '');
    if (text(resource, 'resourceType') === 'Binary' && bytes) return new Blob([bytes], { type });
  }
  return new Blob([...reply.chunks], { type });
}

export function assertNoProxyPage(reply: Reply, ref: BytesRef): void {
  const expectsHtml = ref.mime === undefined || /html/.test(ref.mime);
  if (mediaTypeOf(reply) === 'text/html' && !expectsHtml) {
    throw new AnjuanError('protocol-not-fhir', { requestId: reply.requestId, details: { status: reply.status } });
  }
}
