import { AnjuanError } from '../../errors/anjuan-error.js';
import { hexOfBase64 } from '../digest/hash-blob.js';
import type { UploadAcknowledgement, UploadJob } from '../types.js';

const SHA256_BYTES = 32;

/** Lower-case hex SHA-256 that a header names. @source RFC 9530 sections 2 and 3 */
export function digestOf(headers: Headers, name: 'repr-digest' | 'content-digest' = 'repr-digest'): string | undefined {
  const match = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]{44}):/i.exec(headers.get(name) ?? '');
  return match?.[1] === undefined ? undefined : hexOfBase64(match[1], SHA256_BYTES);
}

/** `Binary/{id}` in an address, relative or absolute, versioned or not. */
export function binaryOf(address: string | null): string | undefined {
  return /(?:^|\/)(Binary\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(address ?? '')?.[1];
}

/** The acknowledgement, when it is one for these very bytes. Errors: `integrity-mismatch`. */
export function checked(acknowledgement: UploadAcknowledgement, job: UploadJob): UploadAcknowledgement {
  const { sha256, sizeBytes } = acknowledgement;
  if (sha256 === job.sha256 && sizeBytes === job.bytes.size) return acknowledgement;
  throw new AnjuanError('integrity-mismatch', { details: { reason: 'acknowledgement' } });
}
