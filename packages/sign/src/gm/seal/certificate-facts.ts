import { readDer, tags } from '../../der/read.js';
import { isContext, isUniversal, readTime } from '../../der/values.js';

/** The little that a seal's checks need of a certificate; paths and revocation are checked by the validator. */
export interface CertificateFacts {
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  /** Milliseconds since 1970, both inclusive. */
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** Key and period of a certificate, undefined when it is none. @source RFC 5280 4.1; GM/T 0015-2023 5 */
export function certificateFacts(der: Uint8Array): CertificateFacts | undefined {
  try {
    const fields = [...(readDer(der).children[0]?.children ?? [])];
    if (isContext(fields[0], 0)) fields.shift();
    const [, , , validity, , spki] = fields;
    const [from, to] = validity?.children ?? [];
    if (!from || !to || !isUniversal(spki, tags.sequence)) return undefined;
    return { spki: spki.bytes, notBeforeMs: readTime(from), notAfterMs: readTime(to) };
  } catch {
    return undefined;
  }
}
