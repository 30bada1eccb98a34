import type { Certificate } from './certificate.js';

/** Reads one DER certificate. Errors: `certificate-malformed` with `details.reason`. */
export function parseCertificate(der: Uint8Array): Certificate {
  throw new Error(`not yet ${der.byteLength}`);
}
