import type { SharedContext } from '../../cache/shared-calls.js';
import { text } from '../../json/read.js';
import { checkedId } from '../address.js';
import type { ClientContext } from '../context.js';
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
  const path = `DocumentReference/${checkedId(documentId, 'document-not-found')}/_history`;
  return context.shared.join(path, options, async (call) => {
    const resources = await readHistory(context, path, call);
    return resources.map((resource) => versionOf(documentId, resource));
  });
}

async function readHistory(context: ClientContext, path: string, call: SharedContext): Promise<readonly unknown[]> {
  const resources: unknown[] = [];
  const visited = new Set<string>();
  let url: URL | undefined = context.addresses.below(path);
  while (url && !visited.has(url.href)) {
    visited.add(url.href);
    const reply = await context.http.getJson({ ...call, name: 'documents.versions', url, subject: 'document' });
    const bundle = readBundle(reply.value, reply.requestId);
    resources.push(...bundle.matches);
    url = bundle.next === undefined ? undefined : context.addresses.given(bundle.next);
  }
  return resources;
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
