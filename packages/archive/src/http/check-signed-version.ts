import { AnjuanError } from '@anjuan/core';
import type { BlobInfo } from '../blob/blob-store.js';
import { objectsAt, stringAt } from '../fhir/json.js';
import { parseReference, referenceText } from '../fhir/references.js';
import { unprocessable } from '../fhir/refusal.js';
import type { FhirResource, ResourceKey } from '../fhir/resource.js';
import type { StoredVersion } from '../store/store.js';
import type { LinkedWrite } from '../write/apply-writes.js';
import type { Call } from './call.js';

/**
 * The version of the same document that this one says it signs: `relatesTo` with code `signs`. Undefined when it signs
 * nothing, or another document. @source FHIR R4 DocumentRelationshipType
 */
export function signedVersionOf(key: ResourceKey, resource: FhirResource): string | undefined {
  if (key.type !== 'DocumentReference') return undefined;
  for (const relation of objectsAt(resource, 'relatesTo')) {
    const [, id, , versionId] = (referenceText(relation['target']) ?? '').split('/');
    if (relation['code'] === 'signs' && id === key.id && versionId !== undefined) return versionId;
  }
  return undefined;
}

/**
 * A signature is added behind what was there: the file of a signed version must begin with the whole file of the version
 * that it signs, byte for byte. Throws 422 `validation-failed`, `integrity-mismatch`.
 * @source ISO 32000-2 7.5.6, incremental updates
 */
export async function checkSignedVersions(call: Call, writes: readonly LinkedWrite[]): Promise<void> {
  for (const { request } of writes) {
    if (request.kind !== 'update') continue;
    const { key, resource } = request;
    const versionId = signedVersionOf(key, resource);
    const current = versionId === undefined ? undefined : await call.service.store.read(key);
    // Other versions and strangers are the business of If-Match and of the policy. A later note on a signed version
    // names the same bytes again.
    if (!current || current.versionId !== versionId || !mayRead(call, current)) continue;
    const before = await fileOf(call, current.resource);
    const after = await fileOf(call, resource);
    if (!before || !after) {
      throw unprocessable('The file of the signed version is not stored yet.', ['DocumentReference.content']);
    }
    if (!(await beginsWith(call, after, before))) throw new AnjuanError('integrity-mismatch');
  }
}

function mayRead(call: Call, version: StoredVersion): boolean {
  return call.access.decide(version.access).decision === 'read';
}

async function fileOf(call: Call, document: FhirResource): Promise<BlobInfo | undefined> {
  const url = stringAt(document, 'content.attachment.url') ?? '';
  const key = parseReference(url, call.baseUrl);
  const binary = key?.type === 'Binary' ? await call.service.store.read(key) : undefined;
  return binary && mayRead(call, binary) ? binary.blob : undefined;
}

async function beginsWith(call: Call, whole: BlobInfo, beginning: BlobInfo): Promise<boolean> {
  if (whole.sizeBytes <= beginning.sizeBytes) return false;
  const { blobs } = call.service;
  const range = { start: 0, end: beginning.sizeBytes };
  const [first, second] = await Promise.all([
    blobs.get(beginning.sha256, { signal: call.signal }),
    blobs.get(whole.sha256, { range, signal: call.signal }),
  ]);
  return first !== undefined && second !== undefined && sameBytes(first, second);
}

/** Two streams at whatever pieces they come in. */
async function sameBytes(first: ReadableStream<Uint8Array>, second: ReadableStream<Uint8Array>): Promise<boolean> {
  const readers = [first.getReader(), second.getReader()] as const;
  let [a, b]: Uint8Array[] = [new Uint8Array(0), new Uint8Array(0)];
  try {
    for (;;) {
      if (a?.byteLength === 0) a = (await readers[0].read()).value;
      if (b?.byteLength === 0) b = (await readers[1].read()).value;
      if (a === undefined || b === undefined) return a === b;
      const length = Math.min(a.byteLength, b.byteLength);
      for (let index = 0; index < length; index += 1) if (a[index] !== b[index]) return false;
      [a, b] = [a.subarray(length), b.subarray(length)];
    }
  } finally {
    await Promise.all(readers.map((reader) => reader.cancel().catch(() => undefined)));
  }
}
