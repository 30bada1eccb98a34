/** What an archive offers: the `archive-capabilities` extension of its CapabilityStatement. */
export interface ArchiveCapabilities {
  /** Who keeps the workflow rules: the archive, or nobody but the client. */
  readonly workflow: 'enforced' | 'advisory';
  /** Search works without naming a patient. */
  readonly crossPatientSearch: boolean;
  /** Free text over the index cards (`_content`), with pinyin and initials. */
  readonly fullText: boolean;
  /** Documents are filtered by confidentiality and sensitivity labels. */
  readonly labels: boolean;
  /** Bytes can be read in parts. */
  readonly range: boolean;
  /** Ways to upload. */
  readonly upload: readonly ('binary-post' | 'presigned' | 'tus')[];
  /** Manifests, page images and page text are on offer. */
  readonly pageService: boolean;
  /** Largest file the archive takes, in bytes. */
  readonly maxBinaryBytes: number;
  /** Most records per search page. */
  readonly maxPageSize: number;
}

/** A plain FHIR engine: no extension, nothing beyond R4 and MHD. */
export const PLAIN_ENGINE: ArchiveCapabilities = {
  workflow: 'advisory',
  crossPatientSearch: true,
  fullText: false,
  labels: false,
  range: false,
  upload: ['binary-post'],
  pageService: false,
  maxBinaryBytes: 50 * 1024 * 1024,
  maxPageSize: 50,
};
