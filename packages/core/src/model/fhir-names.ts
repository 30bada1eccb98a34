/** Canonical names shared by the client and every archive. URNs: they name, nobody fetches them. */
const CANON = 'urn:anjuan:fhir';

/** Profiles that resources of the archive claim in `meta.profile`. */
export const profiles = {
  recordFolder: `${CANON}:StructureDefinition:anjuan-record-folder`,
  archivedDocument: `${CANON}:StructureDefinition:anjuan-archived-document`,
  workingDocument: `${CANON}:StructureDefinition:anjuan-working-document`,
  /** DocumentReference of type C0032 without bytes: makes a stay findable while its front page is not written yet. */
  indexCard: `${CANON}:StructureDefinition:anjuan-index-card`,
} as const;

/** Extensions of the archive API. */
export const extensions = {
  /** CapabilityStatement: nested extensions named as in the archive API. */
  archiveCapabilities: `${CANON}:StructureDefinition:archive-capabilities`,
  /** Attachment: lower-case hex SHA-256 (valueString). R4's own `hash` is SHA-1. */
  sha256: `${CANON}:StructureDefinition:attachment-sha256`,
  /** DocumentReference: error code of a broken file (valueCode). */
  ingestError: `${CANON}:StructureDefinition:ingest-error`,
  /** DocumentReference: true when the source system says that the document is signed (valueBoolean). */
  signed: `${CANON}:StructureDefinition:signed`,
  /** Stub of a locked resource: why it is locked (valueCode: `label`, `sealed`, `grant-expired`). */
  lockReason: `${CANON}:StructureDefinition:lock-reason`,
  /** List: visit number (valuePositiveInt). */
  visitNumber: `${CANON}:StructureDefinition:visit-number`,
  /** Patient.name: pinyin lives in a second name with this HL7 extension, valueCode `SYL`. */
  nameRepresentation: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation',
} as const;

/** Identifier systems of Chinese health informatics (OIDs below 2.16.156.10011). */
export const identifierSystems = {
  /** 病案号. */
  recordNumber: 'urn:oid:2.16.156.10011.1.13',
  /** 住院号. */
  inpatientNumber: 'urn:oid:2.16.156.10011.1.12',
  /** 居民身份证号. */
  residentId: 'urn:oid:2.16.156.10011.1.3',
  /** Document or record id inside one archive: idempotency key of conditional creates. */
  master: 'urn:ietf:rfc:3986',
} as const;

/** Code systems of the archive API. */
export const codeSystems = {
  /** WS/T 500-2016 document types C0001-C0053. */
  documentType: 'urn:oid:2.16.156.10011.2.4',
  /** Branches of the document tree; codes in `document-types.ts`. */
  documentCategory: `${CANON}:CodeSystem:document-category`,
  /** Local document types that WS/T 500 lacks. */
  localDocumentType: `${CANON}:CodeSystem:document-type`,
  department: `${CANON}:CodeSystem:department`,
  /** Tag of a record's List: `working`, `archived`, `sealed`. */
  recordStatus: `${CANON}:CodeSystem:record-status`,
  /** Codes of this product's errors in OperationOutcome.issue.details. */
  error: `${CANON}:CodeSystem:archive-error`,
  /** ICD-10 国临版. */
  diagnosis: 'urn:oid:2.16.156.10011.2.3.3.11',
  /** IHE MHD list types. */
  mhdListTypes: 'https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  sensitivity: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
} as const;
