import { field, list, text } from '../../json/read.js';
import { extensions } from '../../model/fhir-names.js';
import { base64OfHex } from '../digest/hash-blob.js';
import type { Resource } from '../submit/folder.js';
import type { CurrentDocument } from './read-document.js';
import type { SignedVersion } from './store-signed-version.js';

/** Extension of Provenance.signature: `field` and `byteRange` of the signature inside the file. */
const SIGNATURE_POINTER = 'urn:anjuan:fhir:StructureDefinition:signature-pointer';

/** Where a signature is in the file. */
export interface StoredSignature {
  readonly kind: 'signature' | 'seal' | 'document-timestamp';
  /** Name of its field in the PDF. */
  readonly fieldName: string;
  readonly byteRange: readonly [number, number, number, number];
}

/** The bytes of the signed version. */
export interface SignedBytes {
  readonly binary: string;
  readonly sha256: string;
  readonly sha1: string;
  readonly sizeBytes: number;
  readonly recordedOn: string;
}

/** The document with the signed file, and the version that it signs. */
export function signedDocument({ documentId, versionId, resource }: CurrentDocument, bytes: SignedBytes): Resource {
  const { meta: _meta, ...rest } = resource;
  const meta = field(resource, 'meta') as Resource | undefined;
  const { versionId: _versionId, lastUpdated: _lastUpdated, ...ownMeta } = meta ?? {};
  const attachment = field(resource, 'content', 0, 'attachment') as Resource | undefined;
  const others = (value: readonly unknown[], url: string): unknown[] => value.filter((one) => text(one, 'url') !== url);
  const relations = list(resource, 'relatesTo').filter((one) => text(one, 'code') !== 'signs');
  const target = { reference: `DocumentReference/${documentId}/_history/${versionId}` };
  return {
    ...rest,
    meta: ownMeta,
    extension: [
      ...others(list(resource, 'extension'), extensions.signed),
      { url: extensions.signed, valueBoolean: true },
    ],
    relatesTo: [...relations, { code: 'signs', target }],
    content: [
      {
        ...(field(resource, 'content', 0) as Resource | undefined),
        attachment: {
          ...attachment,
          contentType: 'application/pdf',
          url: bytes.binary,
          size: bytes.sizeBytes,
          hash: base64OfHex(bytes.sha1),
          creation: bytes.recordedOn,
          extension: [
            ...others(list(attachment, 'extension'), extensions.sha256),
            { url: extensions.sha256, valueString: bytes.sha256 },
          ],
        },
      },
    ],
  };
}

/** Purposes of a signature. @source ASTM E1762-95 through FHIR's signature-type */
const purposes = {
  signature: { code: '1.2.840.10065.1.12.1.1', display: "Author's Signature" },
  seal: { code: '1.2.840.10065.1.12.1.14', display: 'Source Signature' },
  'document-timestamp': { code: '1.2.840.10065.1.12.1.16', display: 'Timestamp Signature' },
} as const;

/** Who signed what when, and where in the file the signatures are; their values stay in the file. */
export function signatureProvenance(before: CurrentDocument, signed: SignedVersion, recordedOn: string): Resource {
  const { documentId, signatures, signer } = signed;
  return {
    resourceType: 'Provenance',
    target: [{ reference: `DocumentReference/${documentId}` }],
    recorded: recordedOn,
    activity: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', code: 'attest' }] },
    agent: [
      {
        type: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'attester' }],
        },
        who: signer,
      },
    ],
    entity: [
      {
        role: 'revision',
        what: { reference: `DocumentReference/${documentId}/_history/${before.versionId}` },
      },
    ],
    signature: signatures.map(({ kind, fieldName, byteRange }) => ({
      type: [{ system: 'urn:iso-astm:E1762-95:2013', ...purposes[kind] }],
      when: recordedOn,
      who: signer,
      targetFormat: 'application/pdf',
      sigFormat: 'application/pkcs7-signature',
      extension: [
        {
          url: SIGNATURE_POINTER,
          extension: [
            { url: 'field', valueString: fieldName },
            { url: 'byteRange', valueString: byteRange.join(' ') },
          ],
        },
      ],
    })),
  };
}
