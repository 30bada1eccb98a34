import { AnjuanError } from '@anjuan/core';
import type { ByteSource } from '../bytes/byte-source.js';
import type { ValidationReport } from './report.js';

/**
 * The document exactly as it was signed: the first bytes of the file up to the end of the signed revision.
 * Errors: `invalid-argument` when the report has no such signature.
 */
export function signedRevision(source: ByteSource, report: ValidationReport, index: number): ByteSource {
  const sizeBytes = report.signatures.find((signature) => signature.index === index)?.signedLengthBytes ?? 0;
  if (sizeBytes <= 0 || sizeBytes > source.sizeBytes) {
    throw new AnjuanError('invalid-argument', { details: { argument: 'index' } });
  }
  return {
    sizeBytes,
    read: (offset, lengthBytes, options) =>
      source.read(offset, Math.max(0, Math.min(lengthBytes, sizeBytes - offset)), options),
  };
}
