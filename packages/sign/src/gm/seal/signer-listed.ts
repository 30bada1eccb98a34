import { equalBytes } from '../../der/write.js';
import { sm3 } from '../sm3/index.js';
import { failed, passed, unknown, type SealFinding } from './findings.js';
import type { SealCrypto } from './check-value.js';
import type { SealSigners } from './seal.js';

const SHA256_NAMES = new Set(['SHA256', 'SHA-256', '2.16.840.1.101.3.4.2.1']);

/** Whether a seal lists a certificate, by value or by digest. @source GB/T 38540-2020 6 */
export async function checkSignerListed(
  signers: SealSigners,
  certificate: Uint8Array,
  crypto: SealCrypto,
): Promise<SealFinding> {
  const id = 'signer-listed';
  if (signers.kind === 'certificates') {
    const listed = signers.certificates.some((entry) => equalBytes(entry, certificate));
    return listed ? passed(id, 'listed-by-certificate') : failed(id, 'not-listed');
  }
  const isSha256 = (type: string): boolean => SHA256_NAMES.has(type.toUpperCase());
  const sm3Digest = sm3(certificate);
  if (signers.digests.some(({ type, value }) => !isSha256(type) && equalBytes(value, sm3Digest))) {
    return passed(id, 'listed-by-digest');
  }
  const others = signers.digests.filter(({ type }) => isSha256(type));
  if (others.length === 0) return failed(id, 'not-listed');
  if (!crypto.engine) return unknown(id, 'algorithm-unsupported');
  const sha256Digest = await crypto.engine.digest('sha-256', certificate);
  return others.some(({ value }) => equalBytes(value, sha256Digest))
    ? passed(id, 'listed-by-digest')
    : failed(id, 'not-listed');
}
