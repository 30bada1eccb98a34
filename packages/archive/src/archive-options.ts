import type { PermissionRule } from '@anjuan/core';
import type { Authenticator } from './auth/principal.js';
import type { BlobStore } from './blob/blob-store.js';
import type { FhirResource } from './fhir/resource.js';
import type { PageService } from './service/page-service.js';
import type { UploadService } from './service/upload-service.js';
import type { Store } from './store/store.js';

/** Tells the archive the time; tests set it. */
export interface Clock {
  now(): Date;
}

/** What an archive is made of. */
export interface ArchiveOptions {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly auth: Authenticator;
  /** Absent: capability `page-service` is false and the page operations answer 501. */
  readonly pageService?: PageService;
  /** Absent: no resumable uploads; bytes come whole, by `POST Binary`. */
  readonly uploadService?: UploadService;
  /** Path of the service base. Default `/fhir`. */
  readonly basePath?: string;
  /** Public address of the service base, for example `https://archive.example/fhir`. Default: as requested. */
  readonly baseUrl?: string;
  readonly clock?: Clock;
  readonly policy?: ArchivePolicy;
  /** Sees every AuditEvent after it is stored. */
  readonly onAudit?: (event: FhirResource) => void;
}

/** What a house may set; everything has a default. */
export interface ArchivePolicy {
  /** Default: the product's matrix. */
  readonly rules?: readonly PermissionRule[];
  /** Origins that browsers may call from. Default `['*']`; tokens are never cookies. */
  readonly allowedOrigins?: readonly string[];
  /** Largest Binary. Default 512 MiB. */
  readonly maxBinaryBytes?: number;
  /** Largest JSON body. Default 64 MiB. */
  readonly maxJsonBytes?: number;
  /** Largest `_count`. Default 200. */
  readonly maxPageSize?: number;
}

/** A FHIR archive in one function: the server side of the client's Transport. */
export interface Archive {
  /** Never rejects: every failure is an OperationOutcome. */
  handle(request: Request): Promise<Response>;
}
