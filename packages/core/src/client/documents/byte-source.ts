import type { SharedContext } from '../../cache/shared-calls.js';
import { AnjuanError } from '../../errors/anjuan-error.js';
import { bytesOf, type Reply } from '../../transport/call.js';
import { callContext, type ClientContext } from '../context.js';
import type { ByteSource, BytesRef, CallOptions } from '../types.js';
import { assertNoProxyPage, blobOf, bytesHeaders } from './bytes.js';
import { parseContentRange } from './content-range.js';
import { locateBytes } from './location.js';

/**
 * Opens a file for reading in parts. One request for its first bytes tells size and range support; reads within them
 * cost nothing more. An archive that answers with the whole file is taken at its word, and the parts come from memory.
 */
export async function openBytes(
  context: ClientContext,
  ref: BytesRef,
  options: CallOptions & { readonly headBytes?: number } = {},
): Promise<ByteSource> {
  context.assertOpen();
  const { headBytes = 1 } = options;
  if (!Number.isInteger(headBytes) || headBytes < 1) {
    throw new AnjuanError('invalid-argument', { details: { argument: 'headBytes' } });
  }
  const key = `open-bytes ${ref.documentId} ${ref.versionId} ${ref.url ?? ''}`;
  return context.shared.join(key, options, (call) => probe(context, ref, { call, headBytes }));
}

async function probe(
  context: ClientContext,
  ref: BytesRef,
  { call, headBytes }: { readonly call: SharedContext; readonly headBytes: number },
): Promise<ByteSource> {
  const location = await locateBytes(context, ref, call);
  if (location.kind === 'inline') return new WholeFile(location.bytes);
  const reply = await context.http.get({
    ...call,
    name: 'documents.range',
    url: location.url,
    subject: 'document',
    headers: { ...bytesHeaders(ref), range: `bytes=0-${headBytes - 1}` },
    alsoOk: [416],
    deadline: 'idle',
  });
  assertNoProxyPage(reply, ref);
  const range = parseContentRange(reply.headers.get('content-range'));
  if (reply.status === 416 || range?.totalBytes === 0) {
    throw new AnjuanError('document-empty', { requestId: reply.requestId });
  }
  if (reply.status === 206 && range?.start === 0 && range.totalBytes !== undefined) {
    const { totalBytes: sizeBytes } = range;
    // Another number of bytes than asked for proves nothing about which bytes they are.
    const head = reply.sizeBytes === Math.min(headBytes, sizeBytes) ? bytesOf(reply) : new Uint8Array(0);
    return new RangedFile({ context, ref, url: location.url, sizeBytes, head, etag: strongEtag(reply) });
  }
  if (reply.status === 206) {
    throw new AnjuanError('protocol-invalid', { requestId: reply.requestId, details: { reason: 'content-range' } });
  }
  const bytes = new Uint8Array(await blobOf(reply, ref).arrayBuffer());
  if (bytes.byteLength === 0) throw new AnjuanError('document-empty', { requestId: reply.requestId });
  return new WholeFile(bytes);
}

/** If-Range needs a strong validator. @source RFC 9110 section 13.1.5 */
function strongEtag(reply: Reply): string | undefined {
  const etag = reply.headers.get('etag');
  return etag === null || etag.startsWith('W/') ? undefined : etag;
}

function assertRange(range: { readonly start: number; readonly end: number }, sizeBytes: number): void {
  const sound = Number.isInteger(range.start) && Number.isInteger(range.end);
  if (sound && 0 <= range.start && range.start < range.end && range.end <= sizeBytes) return;
  throw new AnjuanError('invalid-argument', {
    message: 'A range must be whole numbers with 0 <= start < end <= sizeBytes.',
    details: { start: range.start, end: range.end, sizeBytes },
  });
}

class WholeFile implements ByteSource {
  readonly ranges = false;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get sizeBytes(): number {
    return this.#bytes.byteLength;
  }

  async read(range: { readonly start: number; readonly end: number }): Promise<Uint8Array> {
    assertRange(range, this.sizeBytes);
    return this.#bytes.slice(range.start, range.end);
  }
}

interface RangedFileOptions {
  readonly context: ClientContext;
  readonly ref: BytesRef;
  readonly url: URL;
  readonly sizeBytes: number;
  /** The first bytes, as the probe brought them. */
  readonly head: Uint8Array;
  readonly etag: string | undefined;
}

class RangedFile implements ByteSource {
  readonly ranges = true;
  readonly sizeBytes: number;
  readonly #options: RangedFileOptions;

  constructor(options: RangedFileOptions) {
    this.sizeBytes = options.sizeBytes;
    this.#options = options;
  }

  async read(range: { readonly start: number; readonly end: number }, options: CallOptions = {}): Promise<Uint8Array> {
    assertRange(range, this.sizeBytes);
    const { context, ref, url, head, etag } = this.#options;
    context.assertOpen();
    if (range.end <= head.byteLength) return head.slice(range.start, range.end);
    const reply = await context.http.get({
      ...callContext(options),
      name: 'documents.range',
      url,
      subject: 'document',
      headers: {
        ...bytesHeaders(ref),
        range: `bytes=${range.start}-${range.end - 1}`,
        ...(etag !== undefined && { 'if-range': etag }),
      },
      deadline: 'idle',
    });
    assertNoProxyPage(reply, ref);
    return reply.status === 206 ? this.#part(reply, range) : this.#partOfWhole(reply, range);
  }

  #part(reply: Reply, range: { readonly start: number; readonly end: number }): Uint8Array {
    const given = parseContentRange(reply.headers.get('content-range'));
    const other = given?.start !== range.start || (given.totalBytes ?? this.sizeBytes) !== this.sizeBytes;
    if (other || this.#isOtherVersion(reply)) throw this.#changed(reply);
    if (reply.sizeBytes === range.end - range.start) return bytesOf(reply);
    throw new AnjuanError('network-interrupted', {
      requestId: reply.requestId,
      details: { loadedBytes: reply.sizeBytes, totalBytes: range.end - range.start },
    });
  }

  /** A 200: the archive ignored the range, or If-Range failed because the file is another one now. */
  #partOfWhole(reply: Reply, range: { readonly start: number; readonly end: number }): Uint8Array {
    if (this.#isOtherVersion(reply) || reply.sizeBytes !== this.sizeBytes) throw this.#changed(reply);
    return bytesOf(reply).slice(range.start, range.end);
  }

  #isOtherVersion(reply: Reply): boolean {
    const etag = strongEtag(reply);
    return this.#options.etag !== undefined && etag !== undefined && etag !== this.#options.etag;
  }

  #changed(reply: Reply): AnjuanError {
    return new AnjuanError('version-conflict', {
      requestId: reply.requestId,
      details: { status: reply.status, sizeBytes: reply.sizeBytes },
    });
  }
}
