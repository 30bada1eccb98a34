import { text } from '../../json/read.js';
import { checkedId } from '../address.js';
import { callContext, type ClientContext } from '../context.js';
import { readBundle } from '../fhir/bundle.js';
import { attachmentOf, digestOf } from '../fhir/document-entry.js';
import type { CallOptions, DocumentVersion } from '../types.js';

/** All versions the archive kept, newest first. */
export async function readVersions(
  context: ClientContext,
  documentId: string,
  options: CallOptions = {},
): Promise<readonly DocumentVersion[]> {
  context.assertOpen();
  const call = callContext(options);
  const versions: DocumentVersion[] = [];
  const visited = new Set<string>();
  const path = `DocumentReference/${checkedId(documentId, 'document-not-found')}/_history`;
  let url: URL | undefined = context.addresses.below(path);
  while (url && !visited.has(url.href)) {
    visited.add(url.href);
    const reply = await context.http.getJson({ ...call, name: 'documents.versions', url, subject: 'document' });
    const bundle = readBundle(reply.value, reply.requestId);
    versions.push(...bundle.matches.map((resource) => versionOf(documentId, resource)));
    url = bundle.next === undefined ? undefined : context.addresses.given(bundle.next);
  }
  return versions;
}

function versionOf(documentId: string, resource: unknown): DocumentVersion {
  const digest = digestOf(attachmentOf(resource));
  return {
    documentId,
    versionId: text(resource, 'meta', 'versionId') ?? '',
    recordedOn: text(resource, 'meta', 'lastUpdated') ?? '',
    ...(digest !== undefined && { digest }),
  };
}
