import { AnjuanError } from '@anjuan/core';
import { declaredSha256 } from '../fhir/extensions.js';
import { objectsAt } from '../fhir/json.js';
import { unprocessable } from '../fhir/refusal.js';
import { parseReference } from '../fhir/references.js';
import { keyText, type FhirResource, type ResourceKey } from '../fhir/resource.js';
import type { Access } from '../policy/access.js';
import { BINARY_INDEX, referencesAt } from '../policy/derive-facts.js';
import type { StoredBlob, StoreReader } from '../store/store.js';
import { binariesOf } from './derived-index.js';

export interface AttachmentContext {
  readonly reader: StoreReader;
  readonly access: Access;
  /** The document before the write. */
  readonly before: FhirResource | undefined;
}

/**
 * Every attachment in this archive must exist and be what it says. Who reads a document reads its bytes, so a writer may
 * name only bytes that are open to the writer; to others they look missing. Throws 422: `validation-failed`,
 * `integrity-mismatch`.
 */
export async function checkAttachments(document: FhirResource, context: AttachmentContext): Promise<void> {
  const held = new Set(context.before ? binariesOf(context.before).map(keyText) : []);
  for (const attachment of objectsAt(document, 'content.attachment')) {
    const { url, size } = attachment;
    const key = typeof url === 'string' ? parseReference(url) : undefined;
    if (key?.type !== 'Binary') continue;
    const binary = await context.reader.read(key);
    const open = binary && (held.has(keyText(key)) || context.access.decide(binary.access).decision === 'read');
    const blob = open ? binary.blob : undefined;
    if (!blob) throw unprocessable('The attachment names a Binary that is not stored.', ['DocumentReference.content']);
    const digest = declaredSha256(attachment);
    const sizeOk = size === undefined || size === blob.sizeBytes;
    if (!sizeOk || (digest !== undefined && digest !== blob.sha256)) throw new AnjuanError('integrity-mismatch');
  }
}

/**
 * Who names bytes as the source of a document gives them the readers of that document, so they must be open to the writer.
 * Throws 422 `validation-failed`; to others they look missing.
 */
export async function checkSources(
  provenance: FhirResource,
  { reader, access }: Pick<AttachmentContext, 'reader' | 'access'>,
): Promise<void> {
  const keys = referencesAt(provenance, 'Binary', 'entity.what');
  const found = await reader.readMany(keys);
  const open = new Set(found.filter((binary) => access.decide(binary.access).decision === 'read').map(keyText));
  if (keys.every((key) => open.has(keyText(key)))) return;
  throw unprocessable('The provenance names a Binary that is not stored.', ['Provenance.entity']);
}

/** Bytes that a document names stay what they are: every version of a document keeps its own. Throws 422 `integrity-mismatch`. */
export async function checkSameBytes(
  key: ResourceKey,
  blobs: { readonly before: StoredBlob | undefined; readonly after: StoredBlob | undefined },
  reader: StoreReader,
): Promise<void> {
  if (!blobs.before || blobs.before.sha256 === blobs.after?.sha256) return;
  const where = { kind: 'term', param: BINARY_INDEX, values: [keyText(key)] } as const;
  if ((await reader.count('DocumentReference', where, { atMost: 1 })) === 0) return;
  throw new AnjuanError('integrity-mismatch');
}
