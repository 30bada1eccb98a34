import type { ArchiveClient, DocumentEntry, Scope } from '@anjuan/core';

/** The browser has read the address long before this; then the bytes are given back. */
const KEEP_URL_MS = 60_000;

const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tif',
};

/**
 * Saves the archived original, checked against its digest. The file is named by type and date, never by patient.
 * Errors: `document-*`, `integrity-mismatch`, `network-*`, `auth-*`.
 */
export async function downloadOriginal(
  client: ArchiveClient,
  document: DocumentEntry,
  options: { readonly scope: Scope },
): Promise<void> {
  const { scope } = options;
  const { documentId, versionId, mime, url, digest } = document;
  const ref = { documentId, versionId, mime, ...(url === undefined ? {} : { url }) };
  const bytes = await client.documents.bytes(ref, {
    signal: scope.signal,
    ...(digest === undefined ? {} : { digest }),
  });
  const { url: objectUrl, release } = scope.objectUrl(bytes);
  scope.timeout(release, KEEP_URL_MS);
  const link = globalThis.document.createElement('a');
  link.href = objectUrl;
  link.download = `${document.type.code}-${document.dateTime.slice(0, 10)}.${ENDINGS[mime] ?? 'bin'}`;
  link.click();
}
