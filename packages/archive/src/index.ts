export { createArchive } from './archive.js';
export type { Archive, ArchiveOptions, ArchivePolicy, Clock } from './archive-options.js';
export { createJwtAuth, type JwtAuthOptions, type JwtKeys } from './auth/jwt-auth.js';
export { fixedUser, type Authenticator, type Principal } from './auth/principal.js';
export type {
  BlobCall,
  BlobDeleteOptions,
  BlobInfo,
  BlobPutOptions,
  BlobSource,
  BlobStore,
  ByteRange,
} from './blob/blob-store.js';
export { MemoryBlobStore } from './blob/memory-blob-store.js';
export type { Json, JsonObject } from './fhir/json.js';
export type { FhirResource, ResourceKey, ResourceType } from './fhir/resource.js';
export * from './folder-format.js';
export { accessClassOf, type AccessFacts, type AccessKind } from './policy/access-facts.js';
export { PAGES_SIDECAR } from './service/page-service.js';
export type { ReceivedUpload, UploadCall, UploadService } from './service/upload-service.js';
export type { PageService, PageServiceCall, PagesSidecar, PageSubject, RecordHit } from './service/page-service.js';
export {
  createPageService,
  type ArchivePageService,
  type PageServiceOptions,
} from './pages/service/create-page-service.js';
export { loadSnapshot, type LoadedSnapshot } from './snapshot/load-snapshot.js';
export { MemoryStore } from './store/memory-store.js';
export type * from './store/condition.js';
export type * from './store/store.js';
