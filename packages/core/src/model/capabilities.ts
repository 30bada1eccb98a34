/** What an archive offers: the `archive-capabilities` extension of its CapabilityStatement. */
export interface ArchiveCapabilities {
  readonly workflow: 'enforced' | 'advisory';
  readonly crossPatientSearch: boolean;
  /** Free text over the index cards (`_content`), with pinyin and initials. */
  readonly fullText: boolean;
  readonly labels: boolean;
  readonly range: boolean;
  readonly upload: readonly ('binary-post' | 'presigned' | 'tus')[];
  readonly pageService: boolean;
  readonly maxBinaryBytes: number;
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
