import type { BlobStore } from '../blob/blob-store.js';
import { factsOfClass } from '../policy/access-facts.js';
import type { Condition } from '../store/condition.js';
import type { Store, StoredVersion } from '../store/store.js';

/** What to look through, and what counts as forgotten. */
export interface ExpireUploadsOptions {
  readonly store: Store;
  readonly blobs: BlobStore;
  /** Default: now. */
  readonly now?: Date;
  /** Milliseconds after which bytes that no document names are forgotten. Default 90 days. */
  readonly olderThanMs?: number;
}

/** A batch may stay open for weeks on a scanning station that counts on what the archive acknowledged. */
const DAYS_90 = 90 * 24 * 60 * 60 * 1000;
const BATCH = 200;
/** Between storing bytes and naming them a moment passes. */
const GRACE_MS = 60 * 60 * 1000;

/**
 * Erases finished uploads that no document and no provenance ever named. Resolves to their number. Unfinished ones expire
 * after 24 hours, by the upload service.
 */
export async function expireUploads(options: ExpireUploadsOptions): Promise<number> {
  const { store, now = new Date(), olderThanMs = DAYS_90 } = options;
  const before = now.getTime() - olderThanMs;
  let expired = 0;
  for (;;) {
    const old = (await oldestUnlinked(store)).filter((version) => Date.parse(version.lastUpdated) < before);
    if (old.length === 0) return expired;
    for (const version of old) await forget(version, { ...options, now });
    expired += old.length;
  }
}

async function oldestUnlinked(store: Store): Promise<readonly StoredVersion[]> {
  const classes = (await store.accessClasses('Binary')).filter((name) => factsOfClass(name).kind === 'own');
  if (classes.length === 0) return [];
  const where: Condition = { kind: 'access-class', classes };
  const sort = { by: 'last-updated', descending: false } as const;
  return (await store.search({ type: 'Binary', where, sort, limit: BATCH })).map((row) => row.version);
}

async function forget(version: StoredVersion, { store, blobs, now = new Date() }: ExpireUploadsOptions): Promise<void> {
  const { blob } = version;
  const unnamed = await store.transaction(async (tx) => {
    const current = await tx.read(version);
    // A document may have named it a moment ago.
    if (current?.access.kind !== 'own') return false;
    await tx.remove(version);
    return blob !== undefined && !(await tx.namesBlob(blob.sha256));
  });
  if (unnamed && blob) await blobs.delete(blob.sha256, { unlessPutAfter: now.getTime() - GRACE_MS });
}
