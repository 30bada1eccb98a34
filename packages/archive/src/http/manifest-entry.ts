import { categoryOfType, extensions, errorCodes, type Coding, type DocumentEntry, type ErrorCode } from '@anjuan/core';
import { declaredSha256, extensionAt } from '../fhir/extensions.js';
import { objectsAt, stringAt, stringsAt, valuesAt } from '../fhir/json.js';
import { parseReference } from '../fhir/references.js';
import type { FhirResource } from '../fhir/resource.js';
import type { PagesSidecar } from '../service/page-service.js';
import type { RecordDocument } from './record-documents.js';

function codingAt(resource: FhirResource, path: string): Coding | undefined {
  const coding = objectsAt(resource, `${path}.coding`)[0];
  const code = coding && stringAt(coding, 'code');
  if (code === undefined) return undefined;
  const system = stringAt(coding, 'system');
  const display = stringAt(coding, 'display') ?? stringAt(resource, `${path}.text`) ?? code;
  return { ...(system !== undefined && { system }), code, display };
}

function ingestErrorOf(resource: FhirResource): ErrorCode | undefined {
  const code = stringAt(extensionAt(resource, extensions.ingestError), 'valueCode');
  return code !== undefined && Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : undefined;
}

function categoryOf(resource: FhirResource, type: Coding): Coding {
  const own = codingAt(resource, 'category');
  const branch = categoryOfType(type.code);
  return own ?? { code: branch.code, display: branch.zh };
}

/** The manifest entry of one document, from its metadata and its measured pages. */
export function manifestEntry(document: RecordDocument, sidecar: PagesSidecar | undefined): DocumentEntry {
  const { version, result } = document;
  const { resource } = version;
  const type = codingAt(resource, 'type') ?? { code: 'L0001', display: '' };
  const category = categoryOf(resource, type);
  const ref = { documentId: version.id, versionId: version.versionId };
  if (result.decision === 'lock') {
    // The type's display is often the title: a locked document shows its category only.
    const stub = { type: { ...type, display: category.display }, category, title: category.display };
    const empty = { dateTime: '', author: '', mime: '', sizeBytes: 0, labels: [], pages: [] as const };
    return { ...ref, ...stub, ...empty, state: 'locked', reason: result.reason };
  }
  const url = stringAt(resource, 'content.attachment.url');
  const digest = declaredSha256(objectsAt(resource, 'content.attachment')[0]);
  const signed = valuesAt(extensionAt(resource, extensions.signed), 'valueBoolean')[0];
  const size = valuesAt(resource, 'content.attachment.size')[0];
  const header = {
    ...ref,
    type,
    category,
    title: stringAt(resource, 'content.attachment.title') ?? stringAt(resource, 'description') ?? type.display,
    // A front page's period is the whole stay; its own time is `date`, as for every document.
    dateTime: stringAt(resource, 'date') ?? stringAt(resource, 'context.period.start') ?? version.lastUpdated,
    author: stringAt(resource, 'author.display') ?? '',
    mime: stringAt(resource, 'content.attachment.contentType') ?? '',
    sizeBytes: typeof size === 'number' ? size : 0,
    labels: [...new Set(stringsAt(resource, 'securityLabel.coding.code'))],
    ...(digest !== undefined && { digest }),
    ...(typeof signed === 'boolean' && { signed }),
    ...(url !== undefined && parseReference(url) === undefined && { url }),
  };
  const code = sidecar?.state === 'failed' ? sidecar.code : ingestErrorOf(resource);
  if (code !== undefined) return { ...header, state: 'broken', code, pages: [] };
  if (sidecar?.state === 'ready') return { ...header, state: 'ready', pages: sidecar.pages };
  return { ...header, state: 'unmeasured', pages: [] };
}
