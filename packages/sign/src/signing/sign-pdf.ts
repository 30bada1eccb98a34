import type { ByteSource } from '../bytes/byte-source.js';
import { signError } from '../errors/sign-codes.js';
import type { BatchDocument, BatchResult, SignBatchOptions, SignedPdf, SigningSetup, SignPdfOptions } from './types.js';

const pending = (): Promise<never> => Promise.reject(signError('signer-unavailable'));

/** Signs one document. */
export function signPdf(_source: ByteSource, _options: SignPdfOptions): Promise<SignedPdf> {
  return pending();
}

/** Signs many documents under one authorization. */
export function signBatch(_documents: readonly BatchDocument[], _options: SignBatchOptions): Promise<BatchResult> {
  return pending();
}

/** Adds a document timestamp (level B-LTA when the validation data are there). */
export function addDocumentTimestamp(_source: ByteSource, _options: SigningSetup): Promise<SignedPdf> {
  return pending();
}

/** Adds certificates and revocation data for all signatures (DSS). */
export function addValidationData(_source: ByteSource, _options: SigningSetup): Promise<SignedPdf> {
  return pending();
}

/** Renews the proof: validation data for the last timestamp and a new document timestamp. */
export function renewTimestamps(_source: ByteSource, _options: SigningSetup): Promise<SignedPdf> {
  return pending();
}
