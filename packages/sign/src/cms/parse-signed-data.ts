import type { SignedData } from './signed-data.js';

/**
 * Reads a ContentInfo with SignedData. Zeros after it (the rest of a PDF's slot) are allowed; BER of old producers is read and
 * reported. Errors: `cms-malformed` with `details.reason`, when there is nothing to report on.
 * @source RFC 5652 5.1; GM/T 0010-2023
 */
export function parseSignedData(der: Uint8Array): SignedData {
  throw new Error(`not yet ${der.byteLength}`);
}
