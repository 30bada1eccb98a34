import { AnjuanError } from '@anjuan/core';
import type { BlobStore } from '../../blob/blob-store.js';

/** The whole content; `integrity-mismatch` when the store lost it, as everywhere else. */
export async function readBlob(blobs: BlobStore, sha256: string): Promise<Uint8Array> {
  const bytes = await blobs.bytes(sha256);
  if (!bytes) throw new AnjuanError('integrity-mismatch');
  return bytes;
}

/** The first bytes: enough to know the format. */
export async function readHead(blobs: BlobStore, blob: { readonly sha256: string; readonly sizeBytes: number }) {
  const range = { start: 0, end: Math.min(4096, blob.sizeBytes) };
  if (range.end === 0) return new Uint8Array();
  const stream = await blobs.get(blob.sha256, { range });
  if (!stream) throw new AnjuanError('integrity-mismatch');
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
