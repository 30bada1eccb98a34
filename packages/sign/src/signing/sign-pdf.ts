import { AnjuanError } from '@anjuan/core';
import type { ByteSource } from '../bytes/byte-source.js';
import { asCall, openContext, type SigningContext } from './context.js';
import { SigningDocument } from './document.js';
import { timestampDocument } from './document-timestamp.js';
import { addValidation } from './dss.js';
import { stampSlices } from './seal-slices.js';
import { SignatureJob } from './signature-job.js';
import { signRound, type ReadyJob } from './sign-round.js';
import { signerFacts, type SignerFacts } from './signer-facts.js';
import type {
  BatchDocument,
  BatchResult,
  SignatureOptions,
  SignBatchOptions,
  SignedPdf,
  SignPdfOptions,
} from './types.js';

/**
 * Signs one document: one signature, or several in their order. The bytes of the original stay as they are; everything is
 * appended. All signers and certificates are judged before the first one signs; when anything fails nothing is returned.
 *
 * Errors: `pdf-malformed`, `pdf-encrypted`, `pdf-unsignable`, `pdf-changed`, `signature-forbidden` (details.reason),
 * `signature-field-missing`, `signature-field-signed`, `signature-slot-small`, `certificate-expired`,
 * `certificate-not-yet-valid`, `certificate-not-for-signing`, `certificate-revoked`, `certificate-mismatch`,
 * `signer-test-only`, those of the signer, the timestamp authority and the revocation source, `invalid-argument`, `aborted`.
 * @source ETSI EN 319 142-1 5, 6
 */
export function signPdf(source: ByteSource, options: SignPdfOptions): Promise<SignedPdf> {
  return asCall(async () => {
    const signatures: readonly SignatureOptions[] = 'signatures' in options ? options.signatures : [options];
    const context = await openContext(options);
    if (signatures.length === 0) throw new AnjuanError('invalid-argument', { details: { name: 'signatures' } });
    const facts: SignerFacts[] = [];
    for (const signature of signatures) facts.push(await factsOf(signature, context));
    const document = await SigningDocument.open(source, options);
    for (const [index, signature] of signatures.entries()) {
      const own = facts[index];
      if (!own) continue;
      context.report('prepare', index, signatures.length);
      await signRound([await readyJob(document, signature, own, context)], context);
    }
    await raiseLevel(document, facts, context);
    return document.result();
  });
}

/**
 * Signs many documents with one call of the signer: one authorization, one PIN. Every document is prepared first; when one
 * cannot be signed, none is, and the answer says which and why. Documents must be different ones.
 * Errors: those of `signPdf` that are not about one document.
 */
export function signBatch(documents: readonly BatchDocument[], options: SignBatchOptions): Promise<BatchResult> {
  return asCall(async () => {
    const context = await openContext(options);
    const facts = await factsOf(options, context);
    const ready: ReadyJob[] = [];
    const refusals: { index: number; error: AnjuanError }[] = [];
    for (const [index, { source, ...own }] of documents.entries()) {
      context.report('prepare', index, documents.length);
      try {
        const merged = { ...options, ...own };
        ready.push(await readyJob(await SigningDocument.open(source, merged), merged, facts, context));
      } catch (cause) {
        const error = AnjuanError.from(cause);
        if (error.code === 'aborted') throw error;
        refusals.push({ index, error });
      }
    }
    if (refusals.length > 0) return { status: 'refused', refusals };
    await signRound(ready, context);
    for (const [index, { job }] of ready.entries()) {
      context.report('extend', index, ready.length);
      await raiseLevel(job.document, [facts], context);
    }
    context.report('extend', ready.length, ready.length);
    return { status: 'signed', documents: ready.map(({ job }) => job.document.result()) };
  });
}

async function factsOf(signature: SignatureOptions, context: SigningContext): Promise<SignerFacts> {
  const facts = await signerFacts(signature, context);
  await context.evidence.refuseRevoked(facts.certificate, facts.identity.chain);
  return facts;
}

async function readyJob(
  document: SigningDocument,
  signature: SignatureOptions,
  facts: SignerFacts,
  context: SigningContext,
): Promise<ReadyJob> {
  if (signature.seal?.mode === 'before-first-signature') await stampSlices(document, signature.seal);
  const job = new SignatureJob(document, signature, facts, context);
  return { job, prepared: await job.prepare() };
}

/** From B-T on a seal is stamped as a document: its structure has no place for the timestamp of a CMS. */
async function raiseLevel(
  document: SigningDocument,
  facts: readonly SignerFacts[],
  context: SigningContext,
): Promise<void> {
  if (context.reaches('B-T') && facts.some(({ way }) => way === 'seal')) await timestampDocument(document, context);
  if (!context.reaches('B-LT')) return;
  const fields = new Set(document.result().signatures.map(({ fieldName }) => fieldName));
  await addValidation(document, context, { facts, fields });
  if (context.reaches('B-LTA')) await timestampDocument(document, context);
}
