import { field, list, text } from '../../json/read.js';
import { categoryOfType } from '../../model/document-types.js';
import { codeSystems, extensions, identifierSystems, profiles } from '../../model/fhir-names.js';
import { base64OfHex } from '../digest/hash-blob.js';
import type { BatchDocument } from '../types.js';
import { instantOf } from './document-dates.js';
import { isArchived, type Folder, type Resource } from './folder.js';

/** Bytes that the archive has acknowledged. */
export interface ArchivedBytes {
  /** `Binary/{id}`. */
  readonly binary: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** A document's file in the archive. */
export interface ArchivedFile extends ArchivedBytes {
  readonly sizeBytes: number;
  readonly mime: string;
  /** Lower-case hex SHA-1, which FHIR R4 demands. */
  readonly sha1: string;
}

/** One document of the submission. */
export interface SubmittedDocument {
  readonly document: BatchDocument;
  readonly file: ArchivedFile;
  /** Masters in page order; empty when they stay on this computer. */
  readonly masters: readonly ArchivedBytes[];
  /** First and last capture, milliseconds since 1970. */
  readonly capturedOn?: { readonly firstMs: number; readonly lastMs: number };
}

/** Who submits: a reference to a Practitioner or Device, a name to show, or both. */
export interface Submitter {
  readonly reference?: string;
  readonly display?: string;
}

/** Everything a submission says. */
export interface SubmissionContent {
  readonly batchId: string;
  readonly folder: Folder;
  readonly documents: readonly SubmittedDocument[];
  /** ISO 8601 instant. */
  readonly recordedOn: string;
  readonly submitter: Submitter;
  /** Archived ids of documents that the archive has already, by document id. */
  readonly known?: ReadonlyMap<string, string>;
}

/** @source IHE MHD 4.2, ITI-65 Provide Document Bundle, UnContained Comprehensive */
const mhd = {
  bundle: 'https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.UnContained.Comprehensive.ProvideBundle',
  submissionSet: 'https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.UnContained.Comprehensive.SubmissionSet',
  sourceId: 'https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-sourceId',
} as const;

/** The identifier of a submission, and of a document, by its UUID. */
export function masterIdentifier(uuid: string): { readonly system: string; readonly value: string } {
  return { system: identifierSystems.master, value: `urn:uuid:${uuid}` };
}

/** The same as a search parameter. */
export function identifierQuery(uuid: string): string {
  return `identifier=${encodeURIComponent(`${identifierSystems.master}|urn:uuid:${uuid}`)}`;
}

/**
 * The one transaction that makes a batch part of a stay: SubmissionSet, documents, where they come from, and the folder with
 * the new entries, under the version it was read in. All or nothing; a second one after a lost answer is refused by the
 * folder's If-Match, and creates nothing by its conditions.
 */
export function buildSubmission(content: SubmissionContent): Resource {
  const { documents, folder, known } = content;
  const references = documents.map(({ document: { documentId } }) => {
    const archivedId = known?.get(documentId);
    return archivedId === undefined ? `urn:uuid:${documentId}` : `DocumentReference/${archivedId}`;
  });
  return {
    resourceType: 'Bundle',
    meta: { profile: [mhd.bundle] },
    type: 'transaction',
    entry: [
      submissionSet(content),
      ...documents.map((document) => documentEntry(content, document)),
      ...documents.map((document) => provenanceEntry(content, document)),
      {
        fullUrl: `List/${folder.recordId}`,
        resource: withEntries(folder, references),
        request: { method: 'PUT', url: `List/${folder.recordId}`, ifMatch: folder.etag },
      },
    ],
  };
}

function submissionSet({ batchId, folder, documents, recordedOn, submitter }: SubmissionContent): Resource {
  const identifier = masterIdentifier(batchId);
  return {
    fullUrl: `urn:uuid:${batchId}`,
    resource: {
      resourceType: 'List',
      meta: { profile: [mhd.submissionSet] },
      extension: [
        { url: mhd.sourceId, valueIdentifier: { system: identifierSystems.master, value: 'urn:anjuan:capture' } },
      ],
      identifier: [{ use: 'usual', ...identifier }],
      status: 'current',
      mode: 'working',
      code: { coding: [{ system: codeSystems.mhdListTypes, code: 'submissionset' }] },
      subject: field(folder.resource, 'subject'),
      date: recordedOn,
      ...(submitter.reference !== undefined && { source: submitter }),
      entry: documents.map(({ document }) => ({ item: { reference: `urn:uuid:${document.documentId}` } })),
    },
    request: { method: 'POST', url: 'List', ifNoneExist: identifierQuery(batchId) },
  };
}

function documentEntry(content: SubmissionContent, { document, file }: SubmittedDocument): Resource {
  const { folder, recordedOn, submitter } = content;
  const { documentId, typeCode = 'L0001' } = document;
  const category = categoryOfType(typeCode);
  const title = document.title ?? category.zh;
  const date = instantOf(document.dateTime ?? '') ?? recordedOn;
  const archived = isArchived(folder);
  const own = list(folder.resource, 'meta', 'security');
  const security = own.length > 0 ? own : [{ system: codeSystems.confidentiality, code: 'N' }];
  const encounter = field(folder.resource, 'encounter');
  return {
    fullUrl: `urn:uuid:${documentId}`,
    resource: {
      resourceType: 'DocumentReference',
      meta: { profile: [archived ? profiles.archivedDocument : profiles.workingDocument], security },
      masterIdentifier: masterIdentifier(documentId),
      status: 'current',
      // The paper is final; MHD forbids docStatus on archived documents.
      ...(!archived && { docStatus: 'final' }),
      type: { coding: [{ system: typeSystem(typeCode), code: typeCode, display: title }], text: title },
      category: [{ coding: [{ system: codeSystems.documentCategory, code: category.code, display: category.zh }] }],
      subject: field(folder.resource, 'subject'),
      date,
      ...(submitter.display !== undefined && { author: [submitter] }),
      description: title,
      securityLabel: security.map((coding) => ({ coding: [coding] })),
      content: [
        {
          attachment: {
            contentType: file.mime,
            language: 'zh-CN',
            url: file.binary,
            size: file.sizeBytes,
            hash: base64OfHex(file.sha1),
            title,
            creation: date,
            extension: [{ url: extensions.sha256, valueString: file.sha256 }],
          },
        },
      ],
      context: { ...(encounter !== undefined && { encounter: [encounter] }), period: { start: date, end: date } },
    },
    request: { method: 'POST', url: 'DocumentReference', ifNoneExist: identifierQuery(documentId) },
  };
}

function typeSystem(typeCode: string): string {
  return /^C\d{4}$/.test(typeCode) ? codeSystems.documentType : codeSystems.localDocumentType;
}

/** Which captured pages a document was made of, each by its address and its SHA-256. @source ISO 21089, RFC 6920 */
function provenanceEntry(content: SubmissionContent, { document, masters, capturedOn }: SubmittedDocument): Resource {
  const { recordedOn, submitter } = content;
  const who = submitter.reference ?? submitter.display;
  return {
    resource: {
      resourceType: 'Provenance',
      target: [{ reference: `urn:uuid:${document.documentId}` }],
      ...(capturedOn && { occurredPeriod: { start: iso(capturedOn.firstMs), end: iso(capturedOn.lastMs) } }),
      recorded: recordedOn,
      activity: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', code: 'transform' }],
      },
      agent: [
        {
          type: {
            coding: [
              { system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'assembler' },
            ],
          },
          who: who === undefined ? { display: 'Anjuan capture' } : submitter,
        },
      ],
      ...(masters.length > 0 && {
        entity: masters.map(({ binary, sha256 }) => ({
          role: 'source',
          what: { reference: binary, identifier: { system: identifierSystems.master, value: hashUri(sha256) } },
        })),
      }),
    },
    request: { method: 'POST', url: 'Provenance' },
  };
}

function hashUri(sha256: string): string {
  const base64 = base64OfHex(sha256).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return `ni:///sha-256;${base64}`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** The folder with these documents at its end; an entry that is there already is not added twice. */
function withEntries({ resource }: Folder, references: readonly string[]): Resource {
  const entries = list(resource, 'entry');
  const known = new Set(entries.map((entry) => text(entry, 'item', 'reference')));
  const added = references.filter((reference) => !known.has(reference)).map((reference) => ({ item: { reference } }));
  return { ...resource, entry: [...entries, ...added] };
}
