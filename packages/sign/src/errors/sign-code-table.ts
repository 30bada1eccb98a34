import type { ErrorCodeInfo, SignErrorCode } from '@anjuan/core';

/** Codes of signing and verifying. Same rules as `errorCodes` of core. */
export const signErrorCodes = {
  'pdf-unsignable': {
    meaning: 'The file cannot be appended to without touching what is there; details.reason says why.',
    retryable: false,
  },
  'pdf-limits-exceeded': {
    meaning: 'The file asks for more memory or nesting than any honest file: loops, object bombs.',
    retryable: false,
  },
  'pdf-changed': { meaning: 'The file changed between preparing and signing.', retryable: true },
  'der-malformed': { meaning: 'Bytes that should be DER are not.', retryable: false },
  'cms-malformed': { meaning: 'The signature structure (CMS) does not follow its standard.', retryable: false },
  'crypto-unsupported': { meaning: 'The algorithm, curve or key size is not supported.', retryable: false },
  'gm-malformed': { meaning: 'An SM2 key, point or value is not valid.', retryable: false },
  'signature-slot-small': {
    meaning: 'The signature is larger than the room that was kept for it; nothing was written.',
    retryable: true,
  },
  'signature-forbidden': {
    meaning: 'An earlier certification or field lock forbids this signature; details.reason says which.',
    retryable: false,
  },
  'signature-field-missing': { meaning: 'No signature field of that name.', retryable: false },
  'signature-field-signed': { meaning: 'The field holds a signature already.', retryable: false },
  'signature-absent': { meaning: 'The document has no signature to work on.', retryable: false },
  'certificate-malformed': { meaning: 'The certificate cannot be read.', retryable: false },
  'certificate-expired': { meaning: 'The certificate has expired.', retryable: false },
  'certificate-not-yet-valid': { meaning: 'The certificate is not valid yet.', retryable: true },
  'certificate-revoked': { meaning: 'The certificate was revoked.', retryable: false },
  'certificate-not-for-signing': {
    meaning: 'The certificate is for encryption or other uses, not for signing.',
    retryable: false,
  },
  'certificate-mismatch': { meaning: 'The key that signed is not the key of the certificate.', retryable: false },
  'seal-malformed': { meaning: 'The electronic seal structure does not follow its standard.', retryable: false },
  'seal-not-valid': {
    meaning: 'The electronic seal is outside its period or does not list the signing certificate.',
    retryable: false,
  },
  'seal-picture-unsupported': { meaning: 'The picture of the seal cannot be used.', retryable: false },
  'signer-not-found': { meaning: 'No key or credential is connected.', retryable: true },
  'signer-pin-wrong': {
    meaning: 'The PIN or one-time code is wrong; details.attemptsLeft says how many tries are left.',
    retryable: true,
  },
  'signer-locked': { meaning: 'The key is locked after too many wrong PINs.', retryable: false },
  'signer-refused': { meaning: 'The signing service refused; details.reason says why.', retryable: false },
  'signer-cancelled': { meaning: 'The user cancelled; nothing was signed.', retryable: true },
  'signer-unavailable': { meaning: 'The signing service cannot be reached.', retryable: true },
  'signer-service-missing': { meaning: 'The local key service does not run on this computer.', retryable: true },
  'signer-service-blocked': {
    meaning: 'The browser forbids the page to reach services on this computer.',
    retryable: false,
  },
  'signer-protocol': {
    meaning: 'The signing service answered something that its protocol does not allow.',
    retryable: true,
  },
  'signer-test-only': { meaning: 'A test key may not sign under the policy in force.', retryable: false },
  'pkcs12-malformed': {
    meaning: 'The PKCS#12 file cannot be read or uses an unsupported protection.',
    retryable: false,
  },
  'timestamp-unavailable': { meaning: 'The time stamp authority cannot be reached.', retryable: true },
  'timestamp-refused': {
    meaning: 'The time stamp authority refused; details.status and details.failInfo say why.',
    retryable: false,
  },
  'timestamp-mismatch': { meaning: 'The time stamp is for another digest, nonce or policy.', retryable: true },
  'revocation-unavailable': { meaning: 'Nobody could say whether the certificate was revoked.', retryable: true },
  'ink-empty': { meaning: 'Nothing was written.', retryable: true },
  'ink-malformed': { meaning: 'The ink data cannot be read.', retryable: false },
  'pad-not-found': { meaning: 'No signature pad is connected or chosen.', retryable: true },
  'pad-busy': { meaning: 'Another program or tab uses the pad.', retryable: true },
  'pad-lost': { meaning: 'The pad was unplugged; what was written so far is kept.', retryable: true },
  'pad-protocol': { meaning: 'The pad sent a report that its protocol does not allow.', retryable: true },
  'pad-unsupported': { meaning: 'This pad or its encryption is not supported.', retryable: false },
  'pad-service-missing': { meaning: 'The local service of the pad does not run on this computer.', retryable: true },
  'pad-insecure-context': { meaning: 'The page is plain http, where browsers offer no USB pads.', retryable: false },
  'sign-worker-failed': { meaning: 'The worker that hashes and verifies stopped; nothing was lost.', retryable: true },
} as const satisfies Record<SignErrorCode, ErrorCodeInfo>;
