import type { SignErrorCode } from '@anjuan/core';
import type { ErrorText } from '@anjuan/core/element';

export const signErrorTextsEn: Readonly<Record<SignErrorCode, ErrorText>> = {
  'pdf-unsignable': {
    title: 'This file cannot be signed without changing what is in it',
    next: 'Have it produced again, then sign',
  },
  'pdf-limits-exceeded': {
    title: 'The structure of this file is abnormal; reading stopped',
    next: 'Check where the file comes from',
  },
  'pdf-changed': { title: 'The file changed while it was being signed', next: 'Open it again and sign' },
  'der-malformed': {
    title: 'The signature data are badly encoded',
    next: 'Contact the provider of the signing service',
  },
  'cms-malformed': {
    title: 'The signature structure does not follow the standard',
    next: 'Contact the provider of the signing service',
  },
  'crypto-unsupported': {
    title: 'This signature algorithm is not supported',
    next: 'Use another certificate or ask IT',
  },
  'gm-malformed': { title: 'An SM2 key or value is not valid', next: 'Check certificate and key' },
  'signature-slot-small': {
    title: 'The signature is larger than its reserved room; the file is unchanged',
    next: 'Try again; ask IT if it stays',
  },
  'signature-forbidden': {
    title: 'This file is locked against further signatures',
    next: 'Ask the department that issued it',
  },
  'signature-field-missing': { title: 'The signature field was not found', next: 'Choose another field' },
  'signature-field-signed': { title: 'This field is signed already', next: 'Choose another field' },
  'signature-absent': { title: 'This file has no signature', next: 'Sign it first' },
  'certificate-malformed': { title: 'The certificate cannot be read', next: 'Use another certificate' },
  'certificate-expired': { title: 'The certificate has expired', next: 'Renew it, then sign' },
  'certificate-not-yet-valid': {
    title: 'The certificate is not valid yet',
    next: 'Check the clock and the certificate',
  },
  'certificate-revoked': { title: 'The certificate was revoked', next: 'Contact its issuer' },
  'certificate-not-for-signing': {
    title: 'This certificate is not for signing',
    next: 'Choose the signing certificate of the pair',
  },
  'certificate-mismatch': { title: 'The signature does not fit the certificate', next: 'Choose the certificate again' },
  'seal-malformed': { title: 'The electronic seal does not follow its standard', next: 'Contact its maker' },
  'seal-not-valid': {
    title: 'The electronic seal is not in force or not for this certificate',
    next: 'Ask the keeper of the seal',
  },
  'seal-picture-unsupported': { title: 'The picture of the seal cannot be used', next: 'Use PNG or vector' },
  'signer-not-found': { title: 'No signing key was found', next: 'Insert the UKey and try again' },
  'signer-pin-wrong': { title: 'The PIN is wrong', next: 'Enter it again' },
  'signer-locked': { title: 'The key is locked', next: 'Let its issuer unlock it' },
  'signer-refused': { title: 'The signing service refused', next: 'Ask IT' },
  'signer-cancelled': { title: 'Signing was cancelled', next: 'Sign again when needed' },
  'signer-unavailable': { title: 'The signing service cannot be reached', next: 'Check the network and try again' },
  'signer-service-missing': {
    title: 'The key service does not run on this computer',
    next: 'Install or start it and try again',
  },
  'signer-service-blocked': {
    title: 'The browser blocks the key service on this computer',
    next: 'Allow local network access, or ask IT',
  },
  'signer-protocol': {
    title: 'The signing service sent an answer that cannot be read',
    next: 'Try again; ask IT if it stays',
  },
  'signer-test-only': { title: 'A test certificate may not sign here', next: 'Use a real certificate' },
  'pkcs12-malformed': { title: 'The certificate file cannot be read', next: 'Export it again' },
  'timestamp-unavailable': { title: 'The time stamp service does not answer', next: 'Try again later' },
  'timestamp-refused': { title: 'The time stamp service refused', next: 'Ask IT' },
  'timestamp-mismatch': {
    title: 'The time stamp is not for this file and was not used',
    next: 'Try again; ask IT if it stays',
  },
  'revocation-unavailable': { title: 'Nobody could say whether the certificate was revoked', next: 'Try again later' },
  'ink-empty': { title: 'Nothing was written', next: 'Please sign first' },
  'ink-malformed': { title: 'The ink data cannot be read', next: 'Please sign again' },
  'pad-not-found': { title: 'No signature pad was found', next: 'Connect it and try again' },
  'pad-busy': { title: 'Another program uses the signature pad', next: 'Close it and try again' },
  'pad-lost': { title: 'The signature pad was unplugged; the ink so far is kept', next: 'Connect it again' },
  'pad-protocol': { title: 'The signature pad sent data that cannot be read', next: 'Unplug it and connect again' },
  'pad-unsupported': { title: 'This signature pad is not supported', next: 'Use another pad, touch or mouse' },
  'pad-service-missing': {
    title: 'The service of the signature pad does not run',
    next: 'Install or start it and try again',
  },
  'pad-insecure-context': {
    title: 'This page is plain http, so the browser offers no signature pad',
    next: 'Use https, or sign by touch or mouse',
  },
  'sign-worker-failed': { title: 'Signature work stopped; the file is unharmed', next: 'Try again' },
};
