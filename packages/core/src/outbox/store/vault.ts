import { captureError } from '../../errors/capture-codes.js';
import { AnjuanError } from '../../errors/anjuan-error.js';
import { newRequestId } from '../../transport/request-id.js';
import { subtleCrypto } from '../digest/hash-blob.js';
import type { Cipher, ContentKind, StoredContent, StoredKey } from './schema.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Files are sealed in parts, so that a large one is never whole in memory. */
const PART_BYTES = 1024 * 1024;

/** What bytes belong to; sealed bytes open under this name only. */
export interface ContentName {
  readonly ownerId: string;
  readonly kind: ContentKind;
}

/** Bytes as they go to the disk. */
export interface SealedBytes {
  readonly blob: Blob;
  readonly cipher?: Cipher;
}

/** A new key that no script can read. @source NIST SP 800-38D, AES-256-GCM */
export async function createKey(): Promise<StoredKey> {
  const subtle = subtleCrypto();
  if (!subtle) throw captureError('insecure-context', { details: { reason: 'encryption' } });
  const key = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return { keyId: newRequestId(), key };
}

function bindingOf(name: ContentName, index: number, count: number): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${name.ownerId} ${name.kind} ${index} ${count}`);
}

/** Encrypts in parts: each with its own random nonce, bound to its owner, kind and place. */
export async function seal(blob: Blob, name: ContentName, { keyId, key }: StoredKey): Promise<SealedBytes> {
  const subtle = subtleCrypto();
  if (!subtle) throw captureError('insecure-context', { details: { reason: 'encryption' } });
  const count = Math.max(1, Math.ceil(blob.size / PART_BYTES));
  const parts: BlobPart[] = [];
  for (let index = 0; index < count; index += 1) {
    const plain = await blob.slice(index * PART_BYTES, (index + 1) * PART_BYTES).arrayBuffer();
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const additionalData = bindingOf(name, index, count);
    parts.push(iv, await subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain));
  }
  return { blob: new Blob(parts), cipher: { keyId, partBytes: PART_BYTES } };
}

/** Plain bytes of stored ones. Errors: `integrity-mismatch` when they do not open. */
export async function unseal(content: StoredContent, key: StoredKey | undefined, mime: string): Promise<Blob> {
  const { blob, cipher } = content;
  if (!cipher) return blob.type === mime ? blob : blob.slice(0, blob.size, mime);
  const subtle = subtleCrypto();
  if (!subtle || !key || key.keyId !== cipher.keyId) throw new AnjuanError('integrity-mismatch', lost);
  const stride = cipher.partBytes + IV_BYTES + TAG_BYTES;
  const count = Math.max(1, Math.ceil(blob.size / stride));
  const parts: BlobPart[] = [];
  for (let index = 0; index < count; index += 1) {
    const part = await blob.slice(index * stride, (index + 1) * stride).arrayBuffer();
    const iv = new Uint8Array(part, 0, Math.min(IV_BYTES, part.byteLength));
    const additionalData = bindingOf(content, index, count);
    const opened = subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key.key, part.slice(IV_BYTES));
    parts.push(
      await opened.catch(() => {
        throw new AnjuanError('integrity-mismatch', { ...lost, details: { reason: 'sealed' } });
      }),
    );
  }
  return new Blob(parts, { type: mime });
}

/** Bytes that cannot be opened now cannot be opened later. */
const lost = { retryable: false, details: { reason: 'key' } } as const;
