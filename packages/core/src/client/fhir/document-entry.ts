import { isErrorCode, type ErrorCode } from '../../errors/codes.js';
import { boolean, list, number, text } from '../../json/read.js';
import type { Coding, DocumentEntry, DocumentHeader, LockReason } from '../../model/document.js';
import { categoryOfType, defaultDocumentTree } from '../../model/document-types.js';
import { codeSystems, extensions } from '../../model/fhir-names.js';

/** A DocumentReference of a plain engine as an entry whose pages nobody has measured. Undefined for a withdrawn one. */
export function documentEntryOf(resource: unknown): DocumentEntry | undefined {
  const documentId = text(resource, 'id');
  if (text(resource, 'resourceType') !== 'DocumentReference' || documentId === undefined) return undefined;
  if (text(resource, 'status') === 'entered-in-error') return undefined;
  const attachment = attachmentOf(resource);
  const type = typeOf(resource);
  const digest = digestOf(attachment);
  const url = text(attachment, 'url');
  const signed = boolean(extensionOf(resource, extensions.signed), 'valueBoolean');
  const header: DocumentHeader = {
    documentId,
    versionId: text(resource, 'meta', 'versionId') ?? '',
    type,
    category: categoryOf(resource, type),
    title: text(attachment, 'title') ?? text(resource, 'description') ?? type.display,
    dateTime: text(resource, 'date') ?? text(attachment, 'creation') ?? text(resource, 'meta', 'lastUpdated') ?? '',
    author: text(list(resource, 'author')[0], 'display') ?? '',
    mime: text(attachment, 'contentType') ?? 'application/octet-stream',
    sizeBytes: number(attachment, 'size') ?? 0,
    labels: list(resource, 'securityLabel').flatMap((concept) =>
      list(concept, 'coding').flatMap((coding) => text(coding, 'code') ?? []),
    ),
    ...(digest !== undefined && { digest }),
    ...(url !== undefined && { url }),
    ...(signed !== undefined && { signed }),
  };
  const reason = lockReasonOf(resource);
  if (reason) return { ...header, title: header.category.display, state: 'locked', reason, pages: [] };
  const code = brokenCode(resource);
  return code ? { ...header, state: 'broken', code, pages: [] } : { ...header, state: 'unmeasured', pages: [] };
}

export function attachmentOf(resource: unknown): unknown {
  const [content] = list(resource, 'content');
  return typeof content === 'object' && content !== null ? (content as { attachment?: unknown }).attachment : undefined;
}

export function digestOf(attachment: unknown): string | undefined {
  const value = text(extensionOf(attachment, extensions.sha256), 'valueString');
  return value !== undefined && /^[0-9a-f]{64}$/.test(value) ? value : undefined;
}

function typeOf(resource: unknown): Coding {
  const codings = list(resource, 'type', 'coding');
  const own: string[] = [codeSystems.documentType, codeSystems.localDocumentType];
  const coding = codings.find((one) => own.includes(text(one, 'system') ?? '')) ?? codings[0];
  const code = text(coding, 'code') ?? '';
  const system = text(coding, 'system');
  return {
    code,
    display: text(coding, 'display') ?? text(resource, 'type', 'text') ?? code,
    ...(system && { system }),
  };
}

function categoryOf(resource: unknown, type: Coding): Coding {
  const codings = list(resource, 'category').flatMap((concept) => list(concept, 'coding'));
  const named = codings.find((one) => text(one, 'system') === codeSystems.documentCategory);
  const code = text(named, 'code');
  if (code !== undefined) {
    return { system: codeSystems.documentCategory, code, display: text(named, 'display') ?? branchName(code) ?? code };
  }
  const branch = categoryOfType(type.code);
  return { system: codeSystems.documentCategory, code: branch.code, display: branch.zh };
}

function branchName(code: string): string | undefined {
  return defaultDocumentTree.find((branch) => branch.code === code)?.zh;
}

/** A stub tells nothing but that it is there. @source HL7 v3-ActCode REDACTED */
export function isStub(resource: unknown): boolean {
  return list(resource, 'meta', 'security').some((label) => text(label, 'code') === 'REDACTED');
}

function lockReasonOf(resource: unknown): LockReason | undefined {
  if (!isStub(resource)) return undefined;
  const reason = text(extensionOf(resource, extensions.lockReason), 'valueCode');
  return reason === 'sealed' || reason === 'grant-expired' ? reason : 'label';
}

function extensionOf(element: unknown, url: string): unknown {
  return list(element, 'extension').find((one) => text(one, 'url') === url);
}

function brokenCode(resource: unknown): ErrorCode | undefined {
  const code = text(extensionOf(resource, extensions.ingestError), 'valueCode');
  if (code === undefined) return undefined;
  return isErrorCode(code) ? code : 'unexpected';
}
