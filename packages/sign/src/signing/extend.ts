import type { ByteSource } from '../bytes/byte-source.js';
import { signError } from '../errors/sign-codes.js';
import { asCall, openContext, revocationOf, timestampAuthorityOf, type SigningContext } from './context.js';
import { SigningDocument } from './document.js';
import { timestampDocument } from './document-timestamp.js';
import { addValidation } from './dss.js';
import { addEmptyFields } from './field.js';
import { addToForm } from './form.js';
import { forbidden } from './permissions.js';
import { addSealFields } from './seal-slices.js';
import type { PrepareFieldsOptions, SignedPdf, SigningSetup } from './types.js';

type Step = (document: SigningDocument, context: SigningContext) => Promise<void>;

function extend(source: ByteSource, options: SigningSetup, step: Step): Promise<SignedPdf> {
  return asCall(async () => {
    const context = await openContext({ ...options, level: 'B-B' });
    const document = await SigningDocument.open(source, options);
    await step(document, context);
    return document.result();
  });
}

/**
 * Adds a document timestamp: proves that the whole file, signed or not, existed. Needs `timestampAuthority`.
 * Errors: `pdf-unsignable`, `timestamp-unavailable`, `timestamp-refused`, `timestamp-mismatch`, `invalid-argument`, `aborted`.
 */
export function addDocumentTimestamp(source: ByteSource, options: SigningSetup): Promise<SignedPdf> {
  return extend(source, options, (document, context) => {
    timestampAuthorityOf(options);
    return timestampDocument(document, context);
  });
}

/**
 * Adds certificates and revocation evidence for every signature and timestamp of the file (DSS). Needs `revocation`.
 * Errors: `signature-absent`, `revocation-unavailable`, `pdf-unsignable`, `invalid-argument`, `aborted`.
 */
export function addValidationData(source: ByteSource, options: SigningSetup): Promise<SignedPdf> {
  return extend(source, options, (document, context) => {
    revocationOf(options);
    return addValidation(document, context, 'all');
  });
}

/**
 * Renews the proof before the last timestamp's certificate or algorithm dies: validation data for the last document timestamp
 * (for everything when there is none yet), then a new document timestamp over it. Needs `timestampAuthority` and `revocation`. Errors: `signature-absent` when nothing is signed,
 * those of `addDocumentTimestamp` and `addValidationData`. @source ETSI EN 319 142-1 6.1 (B-LTA), 5.5
 */
export function renewTimestamps(source: ByteSource, options: SigningSetup): Promise<SignedPdf> {
  return extend(source, options, async (document, context) => {
    timestampAuthorityOf(options);
    revocationOf(options);
    await addValidation(document, context, 'last-timestamp');
    await timestampDocument(document, context);
  });
}

/**
 * Adds empty fields for signatures and seals that come later. Errors: `signature-forbidden` once the document is certified,
 * `invalid-argument`, `pdf-unsignable`, `aborted`.
 */
export function prepareFields(source: ByteSource, options: PrepareFieldsOptions): Promise<SignedPdf> {
  return asCall(async () => {
    const { signatures = [], seal } = options;
    const document = await SigningDocument.open(source, options);
    const changes = document.changes();
    const fields = await changes.signatureFields();
    if (fields.some(({ value }) => value?.docMdp)) throw forbidden('certified-no-new-fields');
    if (seal && fields.some(({ value }) => value)) throw forbidden('seal-after-signature');
    const refs = [
      ...(await addEmptyFields(changes, signatures)),
      ...(seal ? await addSealFields(changes, seal.placements, seal.name) : []),
    ];
    if (refs.length === 0) throw signError('signature-field-missing');
    await addToForm(changes, refs, false);
    await document.append(await changes.build());
    return document.result();
  });
}
