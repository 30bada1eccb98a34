import type { PermissionRule } from '@anjuan/core';
import type { ArchiveOptions, Clock } from '../archive-options.js';
import { AuditLog } from '../audit/audit-log.js';
import type { Authenticator } from '../auth/principal.js';
import type { BlobStore } from '../blob/blob-store.js';
import { CursorSigner } from '../search/cursor.js';
import type { PageService } from '../service/page-service.js';
import type { UploadService } from '../service/upload-service.js';
import type { Store } from '../store/store.js';

/** The options with their defaults, and what is made from them once. */
export interface Service {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly auth: Authenticator;
  readonly pageService: PageService | undefined;
  readonly uploadService: UploadService | undefined;
  readonly clock: Clock;
  readonly basePath: string;
  readonly baseUrl: string | undefined;
  readonly rules: readonly PermissionRule[] | undefined;
  readonly allowedOrigins: readonly string[];
  readonly maxBinaryBytes: number;
  readonly maxJsonBytes: number;
  readonly maxPageSize: number;
  readonly auditLog: AuditLog;
  readonly cursors: CursorSigner;
}

const MEBIBYTE = 1024 * 1024;
const secretKey = { documentId: '_archive', versionId: '0', kind: 'cursor-secret' } as const;

/** Made once and kept with the records, so that a cursor survives a restart. */
async function cursorSecret(store: Store): Promise<Uint8Array<ArrayBuffer>> {
  const text = await store.transaction(async (tx) => {
    const known = await tx.sidecar(secretKey);
    if (typeof known === 'string') return known;
    const fresh = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
    await tx.putSidecar({ ...secretKey, body: fresh });
    return fresh;
  });
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function createService(options: ArchiveOptions): Service {
  const { store, blobs, auth, policy = {}, clock = { now: () => new Date() } } = options;
  const basePath = `/${(options.basePath ?? '/fhir').replace(/^\/+|\/+$/g, '')}`;
  return {
    store,
    blobs,
    auth,
    pageService: options.pageService,
    uploadService: options.uploadService,
    clock,
    basePath: basePath === '/' ? '' : basePath,
    baseUrl: options.baseUrl?.replace(/\/+$/, ''),
    rules: policy.rules,
    allowedOrigins: policy.allowedOrigins ?? ['*'],
    maxBinaryBytes: policy.maxBinaryBytes ?? 512 * MEBIBYTE,
    maxJsonBytes: policy.maxJsonBytes ?? 64 * MEBIBYTE,
    maxPageSize: policy.maxPageSize ?? 200,
    auditLog: new AuditLog({ store, clock, onAudit: options.onAudit }),
    cursors: new CursorSigner(() => cursorSecret(store)),
  };
}
