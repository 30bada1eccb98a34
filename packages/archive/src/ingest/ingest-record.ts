import { createHash } from 'node:crypto';
import { AnjuanError } from '@anjuan/core';
import { declaredSha256 } from '../fhir/extensions.js';
import { objectsAt, stringAt } from '../fhir/json.js';
import type { FhirResource } from '../fhir/resource.js';
import type { FolderDocument, RecordFolder } from '../folder-format.js';
import type { ArchivePageService } from '../pages/service/create-page-service.js';
import { type Limiter } from '../pages/service/limiter.js';
import type { ArchiveWriter } from './archive-writer.js';
import { binaryIdOf, readDocumentFile } from './document-file.js';
import type { IngestEvent } from './progress.js';
import { documentResource } from './resources/document.js';
import { indexCardId, indexCardResource, needsIndexCard } from './resources/index-card.js';
import { departmentResource, encounterResource, patientResource, practitionerResource } from './resources/people.js';
import { provenanceResource, recordResource } from './resources/record.js';

export interface RecordIngest {
  readonly writer: ArchiveWriter;
  readonly pages: ArchivePageService;
  /** Shared by all records of a batch: how many files are in memory at once. */
  readonly files: Limiter;
  /** Pages of each document that get pictures at once. */
  readonly warmPages: number;
  readonly now: () => Date;
  readonly report: (event: IngestEvent) => void;
  readonly signal?: AbortSignal;
}

/** Brings one stay into the archive. People first, then every document, the List last: half a record is never listed. */
export async function ingestRecord(folder: string, record: RecordFolder, context: RecordIngest): Promise<void> {
  const authors = new Map(
    [record.stay.attending, ...record.documents.map(({ author }) => author)].map((one) => [one.practitionerId, one]),
  );
  await context.writer.putAll([
    patientResource(record),
    ...Array.from(authors.values(), practitionerResource),
    departmentResource(record),
    encounterResource(record),
  ]);
  const hashes = await Promise.all(
    record.documents.map((document) => context.files.run(() => ingestDocument(folder, record, document, context))),
  );
  await context.writer.putAll([...(await indexCard(record, context)), recordResource(record)]);
  const stateHash = createHash('sha256')
    .update(JSON.stringify([record, hashes]))
    .digest('hex');
  await recordProvenance(record, stateHash, context);
  context.report({ type: 'record', recordId: record.recordId });
}

/** The card of a stay without front page; the card of an earlier run is put out of use once the front page has come. */
async function indexCard(record: RecordFolder, { writer }: RecordIngest): Promise<FhirResource[]> {
  if (needsIndexCard(record)) return [indexCardResource(record, { status: 'current' })];
  const before = await writer.read('DocumentReference', indexCardId(record));
  return before ? [indexCardResource(record, { status: 'superseded' })] : [];
}

async function recordProvenance(record: RecordFolder, stateHash: string, { writer, now }: RecordIngest): Promise<void> {
  const resource = provenanceResource(record, { stateHash, recordedOn: now().toISOString() });
  if (await writer.read('Provenance', resource.id ?? '')) return;
  await writer.putAll([resource]);
}

async function ingestDocument(
  folder: string,
  record: RecordFolder,
  document: FolderDocument,
  { writer, pages, warmPages, report, signal }: RecordIngest,
): Promise<string> {
  if (signal?.aborted) throw new AnjuanError('aborted');
  const { bytes, sha256, sha1 } = await readDocumentFile(folder, document);
  const blob = { sha256, sizeBytes: bytes.byteLength };
  const before = await writer.read('DocumentReference', document.documentId);
  const subjectOf = (versionId: string) => ({ documentId: document.documentId, versionId, mime: document.mime, blob });
  // The same file as last time was looked into already.
  const analysis =
    before && holds(before.resource, document, sha256)
      ? await pages.prepare(subjectOf(before.versionId))
      : await pages.analyse({ sha256, mime: document.mime, read: () => Promise.resolve(bytes) });
  const binaryId = bytes.byteLength > 0 ? binaryIdOf(document, sha256) : undefined;
  if (binaryId !== undefined) await writer.putBytes(binaryId, bytes, document.mime);
  const [versionId = ''] = await writer.putAll([
    documentResource(record, document, {
      sizeBytes: bytes.byteLength,
      sha256,
      sha1,
      ...(binaryId === undefined ? {} : { binaryId }),
      ...(analysis?.state === 'failed' ? { problem: analysis.code } : {}),
    }),
  ]);
  const subject = subjectOf(versionId);
  const prepared = await pages.prepare(subject);
  if (warmPages > 0) await pages.warm(subject, warmPages);
  const state = before?.versionId === versionId ? 'same' : 'new';
  const pageCount = prepared?.state === 'ready' ? prepared.pages.length : 0;
  report({ type: 'document', documentId: document.documentId, pages: pageCount, state });
  if (analysis?.state === 'failed') {
    report({ type: 'broken', recordId: record.recordId, documentId: document.documentId, code: analysis.code });
  }
  return sha256;
}

function holds(resource: FhirResource, document: FolderDocument, sha256: string): boolean {
  const attachment = objectsAt(resource, 'content.attachment')[0];
  return declaredSha256(attachment) === sha256 && stringAt(attachment, 'contentType') === document.mime;
}
