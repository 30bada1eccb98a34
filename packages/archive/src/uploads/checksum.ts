import { createHash, timingSafeEqual } from 'node:crypto';

/** Hash algorithms of the checksum extension, best first. */
export const CHECKSUM_ALGORITHMS = ['sha256', 'sha1'] as const;

/** A part that names its checksum is held in memory until it is proven. */
const MAX_PART_BYTES = 64 * 1024 * 1024;

/** What became of a part: its proven bytes, or the status that refuses it. */
export type CheckedPart = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly status: 400 | 413 | 460 };

/** Reads a part and compares it with its `Upload-Checksum`. @source tus 1.0.0, checksum extension */
export async function checkPart(body: ReadableStream<Uint8Array> | null, header: string): Promise<CheckedPart> {
  const [algorithm = '', expected = ''] = header.trim().split(/\s+/);
  if (!CHECKSUM_ALGORITHMS.some((known) => known === algorithm)) return { status: 400 };
  const hash = createHash(algorithm);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_PART_BYTES) return { status: 413 };
    hash.update(chunk);
    chunks.push(chunk);
  }
  const digest = hash.digest();
  const wanted = Buffer.from(expected, 'base64');
  if (wanted.byteLength !== digest.byteLength || !timingSafeEqual(wanted, digest)) return { status: 460 };
  return { bytes: new Uint8Array(Buffer.concat(chunks, size)) };
}
