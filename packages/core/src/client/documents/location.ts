import { AnjuanError } from '../../errors/anjuan-error.js';
import { number, text } from '../../json/read.js';
import { checkedId } from '../address.js';
import type { CallContext, ClientContext } from '../context.js';
import { attachmentOf } from '../fhir/document-entry.js';
import type { BytesRef } from '../types.js';

/** Where the bytes of a document version are. */
export type BytesLocation =
  | { readonly kind: 'address'; readonly url: URL }
  /** The engine keeps them inside the DocumentReference. */
  | { readonly kind: 'inline'; readonly bytes: Uint8Array<ArrayBuffer> };

/** By the address the manifest gave, else by the attachment of that very version. */
export async function locateBytes(context: ClientContext, ref: BytesRef, call: CallContext): Promise<BytesLocation> {
  if (ref.url !== undefined) return { kind: 'address', url: context.addresses.given(ref.url) };
  const { value, requestId } = await readVersion(context, ref, call);
  const attachment = attachmentOf(value);
  const url = text(attachment, 'url');
  if (url !== undefined) return { kind: 'address', url: context.addresses.given(url) };
  const bytes = decodeBase64(text(attachment, 'data') ?? '');
  if (bytes) return { kind: 'inline', bytes };
  if (number(attachment, 'size') === 0) throw new AnjuanError('document-empty', { requestId });
  throw new AnjuanError('protocol-invalid', { requestId, details: { reason: 'no-attachment' } });
}

/** Base64 as bytes; undefined when it is none or empty. */
export function decodeBase64(data: string): Uint8Array<ArrayBuffer> | undefined {
  if (data === '') return undefined;
  try {
    return Uint8Array.from(atob(data), (unit) => unit.charCodeAt(0));
  } catch {
    return undefined;
  }
}

async function readVersion(
  context: ClientContext,
  ref: BytesRef,
  call: CallContext,
): Promise<{ value: unknown; requestId: string }> {
  const path = `DocumentReference/${checkedId(ref.documentId, 'document-not-found')}`;
  const version = ref.versionId === '' ? undefined : checkedId(ref.versionId, 'document-not-found');
  const read = (below: string): ReturnType<typeof context.http.getJson> =>
    context.http.getJson({
      ...call,
      name: 'documents.locate',
      url: context.addresses.below(below),
      subject: 'document',
    });
  if (version === undefined) return read(path);
  try {
    return await read(`${path}/_history/${version}`);
  } catch (error) {
    if (!AnjuanError.is(error, 'document-not-found') && !AnjuanError.is(error, 'protocol-invalid')) throw error;
    // Engines without history still serve the current version, which is the one we want more often than not.
    const current = await read(path);
    if (text(current.value, 'meta', 'versionId') === version) return current;
    throw error;
  }
}
