import { AnjuanError, extensions } from '@anjuan/core';
import { objectsAt, type JsonObject } from '../fhir/json.js';
import { unprocessable } from '../fhir/refusal.js';
import { parseReference } from '../fhir/references.js';
import type { FhirResource } from '../fhir/resource.js';
import type { StoreReader } from '../store/store.js';

function declaredDigest(attachment: JsonObject): string | undefined {
  const found = objectsAt(attachment, 'extension').find((extension) => extension['url'] === extensions.sha256);
  const value = found?.['valueString'];
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}

/** Every attachment in this archive must exist and be what it says. Throws 422: `validation-failed`, `integrity-mismatch`. */
export async function checkAttachments(document: FhirResource, reader: StoreReader): Promise<void> {
  for (const attachment of objectsAt(document, 'content.attachment')) {
    const { url, size } = attachment;
    const key = typeof url === 'string' ? parseReference(url) : undefined;
    if (key?.type !== 'Binary') continue;
    const blob = (await reader.read(key))?.blob;
    if (!blob) throw unprocessable('The attachment names a Binary that is not stored.', ['DocumentReference.content']);
    const digest = declaredDigest(attachment);
    const sizeOk = size === undefined || size === blob.sizeBytes;
    if (!sizeOk || (digest !== undefined && digest !== blob.sha256)) throw new AnjuanError('integrity-mismatch');
  }
}
