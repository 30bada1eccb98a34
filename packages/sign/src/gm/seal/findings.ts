/** What is checked of a seal and of its use. */
export type SealCheckId =
  /** Version number in the header fits the structure. */
  | 'seal-version'
  /** In force at the time in question. */
  | 'seal-period'
  /** The maker's certificate is readable and was in force when the seal was made. */
  | 'seal-maker-certificate'
  /** The maker's signature over the seal. */
  | 'seal-maker-signature'
  /** The signed part names the same version as the seal. */
  | 'signature-version'
  /** The seal lists the signer's certificate, by value or digest. */
  | 'signer-listed'
  /** The signer's certificate is readable and was in force at the signing time. */
  | 'signer-certificate'
  /** The signing time is known and not in the future. */
  | 'signing-time'
  /** The digest in the seal is that of the protected bytes. */
  | 'data-hash'
  /** The signer's signature. */
  | 'signature-value';

/** Why a check ended as it did. */
export type SealReason =
  | 'as-required'
  | 'version-differs'
  | 'not-yet-in-force'
  | 'no-longer-in-force'
  | 'certificate-unreadable'
  | 'certificate-not-yet-valid'
  | 'certificate-expired'
  | 'key-unusable'
  | 'algorithm-unsupported'
  /** Over SHA-1, which no longer stands for what was signed. */
  | 'weak-digest'
  | 'signature-wrong'
  /** The signature holds, but stands as 64 bare bytes, not in the form of GM/T 0009. */
  | 'signature-raw'
  /** The maker signed the seal information alone (GB/T 38540). */
  | 'signed-info'
  /** The maker signed information, certificate and algorithm together (GM/T 0031). */
  | 'signed-info-certificate-algorithm'
  | 'listed-by-certificate'
  | 'listed-by-digest'
  | 'not-listed'
  | 'time-in-token'
  | 'time-unknown'
  | 'time-in-future'
  | 'digest-differs'
  | 'digest-not-given';

/** Result of one check. `unknown`: what is needed was not at hand. */
export interface SealFinding {
  readonly id: SealCheckId;
  readonly result: 'passed' | 'failed' | 'unknown';
  readonly reason: SealReason;
}

/** All checks of a seal or of its use. Trust in the two certificates is not among them: see `buildPath`. */
export interface SealVerification {
  /** `invalid` when a check failed, `indeterminate` when one is unknown, else `valid`. */
  readonly status: 'valid' | 'invalid' | 'indeterminate';
  readonly findings: readonly SealFinding[];
}

export const passed = (id: SealCheckId, reason: SealReason = 'as-required'): SealFinding => ({
  id,
  result: 'passed',
  reason,
});
export const failed = (id: SealCheckId, reason: SealReason): SealFinding => ({ id, result: 'failed', reason });
export const unknown = (id: SealCheckId, reason: SealReason): SealFinding => ({ id, result: 'unknown', reason });

/** The verdict over the findings. */
export function sealVerification(findings: readonly SealFinding[]): SealVerification {
  const has = (result: SealFinding['result']): boolean => findings.some((finding) => finding.result === result);
  return { status: has('failed') ? 'invalid' : has('unknown') ? 'indeterminate' : 'valid', findings };
}
