import type { Archive } from '../archive-options.js';
import { declaredSha256 } from '../fhir/extensions.js';
import { objectsAt, stringAt } from '../fhir/json.js';
import type { FhirResource } from '../fhir/resource.js';
import { ArchiveWriter } from '../ingest/archive-writer.js';
import type { PageService, PageSubject } from '../service/page-service.js';

/** What a kill interrupted was stored last. */
const LATEST = 200;

/** Queues the documents that were stored last; those with pages cost one look each. */
export async function resumePages(system: Archive, pages: PageService): Promise<void> {
  const latest = await new ArchiveWriter(system).search(
    `DocumentReference?_sort=-_lastUpdated&_count=${String(LATEST)}`,
  );
  for (const document of latest) {
    const subject = subjectOf(document);
    if (subject) pages.onDocumentStored(subject);
  }
}

function subjectOf(document: FhirResource): PageSubject | undefined {
  const attachment = objectsAt(document, 'content.attachment')[0];
  const sha256 = declaredSha256(attachment);
  const versionId = stringAt(document, 'meta.versionId');
  const size = attachment?.['size'];
  if (document.id === undefined || versionId === undefined || sha256 === undefined || typeof size !== 'number') {
    return undefined;
  }
  const mime = stringAt(attachment, 'contentType') ?? 'application/octet-stream';
  return { documentId: document.id, versionId, mime, blob: { sha256, sizeBytes: size } };
}
