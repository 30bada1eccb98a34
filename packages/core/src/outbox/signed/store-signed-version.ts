import type { ArchiveClient } from '../../client/types.js';
import { AnjuanError } from '../../errors/anjuan-error.js';
import { list, text } from '../../json/read.js';
import { extensions } from '../../model/fhir-names.js';
import { hashBlob } from '../digest/hash-blob.js';
import { parse, type Resource } from '../submit/folder.js';
import type { Submitter } from '../submit/submission.js';
import { binaryOf } from '../upload/acknowledgement.js';
import { readDocument, type CurrentDocument } from './read-document.js';
import { signedDocument, signatureProvenance, type StoredSignature } from './signed-resources.js';

/** What is stored. */
export interface SignedVersion {
  /** `DocumentReference.id`. */
  readonly documentId: string;
  /** Version that was signed. */
  readonly versionId: string;
  /** The signed file: the file of that version, unchanged, and what was added behind it. */
  readonly file: Blob;
  /** What was added, in order. */
  readonly signatures: readonly StoredSignature[];
  /** Who signed, for the archive's evidence. */
  readonly signer: Submitter;
  readonly signal?: AbortSignal;
}

/**
 * Makes the signed file the new version of the document (`relatesTo` `signs`), with Provenance that points at the
 * signatures. At once or not at all, never queued: a signature is only made when the archive has it. A second call after
 * a lost answer finds the version that the first one made. Resolves with the new version id.
 * Errors: `version-conflict` when somebody changed the document meanwhile, `integrity-mismatch` when the file is not the
 * signed version's file with something behind it, `document-*`, `validation-failed`, `network-*`, `auth-*`.
 */
export async function storeSignedVersion(client: ArchiveClient, signed: SignedVersion): Promise<string> {
  const { documentId, versionId, file, signal = new AbortController().signal } = signed;
  const [sha256, sha1] = await Promise.all([
    hashBlob(file, { algorithm: 'SHA-256', signal }),
    hashBlob(file, { algorithm: 'SHA-1', signal }),
  ]);
  const before = await readDocument(client, documentId, signal);
  if (sha256Of(before) === sha256) return before.versionId;
  if (before.versionId !== versionId) throw new AnjuanError('version-conflict');
  const binary = await upload(client, file, signal);
  const recordedOn = new Date().toISOString();
  const document = signedDocument(before, { binary, sha256, sha1, sizeBytes: file.size, recordedOn });
  try {
    return await commit(client, {
      before,
      document,
      provenance: signatureProvenance(before, signed, recordedOn),
      signal,
    });
  } catch (error) {
    // The answer may be lost, not the write.
    if (!AnjuanError.from(error).code.startsWith('network-')) throw error;
    const now = await readDocument(client, documentId, signal);
    if (sha256Of(now) !== sha256) throw error;
    return now.versionId;
  }
}

function sha256Of({ resource }: CurrentDocument): string | undefined {
  const found = list(resource, 'content', 0, 'attachment', 'extension');
  return text(
    found.find((extension) => text(extension, 'url') === extensions.sha256),
    'valueString',
  );
}

async function upload(client: ArchiveClient, file: Blob, signal: AbortSignal): Promise<string> {
  const reply = await client.request({
    name: 'signatures.upload',
    method: 'POST',
    path: 'Binary',
    headers: { 'content-type': 'application/pdf', accept: 'application/fhir+json', prefer: 'return=minimal' },
    body: file,
    // A second copy that nothing names goes by itself.
    repeatable: true,
    signal,
  });
  const binary = binaryOf(reply.headers.get('location'));
  if (binary === undefined) throw new AnjuanError('protocol-invalid', { requestId: reply.requestId });
  return binary;
}

interface Commit {
  readonly before: CurrentDocument;
  readonly document: Resource;
  readonly provenance: Resource;
  readonly signal: AbortSignal;
}

async function commit(client: ArchiveClient, { before, document, provenance, signal }: Commit): Promise<string> {
  const url = `DocumentReference/${before.documentId}`;
  const reply = await client.request({
    name: 'signatures.store',
    method: 'POST',
    path: '',
    headers: { 'content-type': 'application/fhir+json', accept: 'application/fhir+json' },
    body: JSON.stringify({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        { fullUrl: url, resource: document, request: { method: 'PUT', url, ifMatch: before.etag } },
        { resource: provenance, request: { method: 'POST', url: 'Provenance' } },
      ],
    }),
    signal,
  });
  const location = text(parse(reply.bytes), 'entry', 0, 'response', 'location') ?? '';
  const made = /\/_history\/([^/]+)$/.exec(location)?.[1];
  if (made === undefined) throw new AnjuanError('protocol-invalid', { requestId: reply.requestId });
  return made;
}
