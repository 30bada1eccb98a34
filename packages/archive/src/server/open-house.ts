import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AnjuanError } from '@anjuan/core';
import { createArchive } from '../archive.js';
import type { Archive } from '../archive-options.js';
import { createJwtAuth } from '../auth/jwt-auth.js';
import { fixedUser, type Authenticator } from '../auth/principal.js';
import { DiskBlobStore } from '../blob/disk-blob-store.js';
import { PagePool } from '../pages/page-pool.js';
import { createPageService, type ArchivePageService } from '../pages/service/create-page-service.js';
import { SqliteStore } from '../store/sqlite/sqlite-store.js';
import type { DevUser } from './dev-users.js';
import { devUsersOf } from './dev-users-of.js';
import { resumePages } from './resume-pages.js';
import { systemAccount } from './system-account.js';

/** A running archive over one data folder. */
export interface House {
  /** For requests with tokens; without a key it admits nobody. */
  readonly archive: Archive;
  /** For this process's own work: every request is the integration account. */
  readonly system: Archive;
  readonly pages: ArchivePageService;
  readonly devUsers: () => Promise<readonly DevUser[]>;
  /** Goes on in the background with what an earlier run left unmeasured. */
  resume(): void;
  close(): Promise<void>;
}

/** Without a key nobody gets in. */
const nobody: Authenticator = { authenticate: () => Promise.reject(new AnjuanError('auth-required')) };

/** Opens or creates the archive in `dataDir`. Throws `server-fault` while another process has it open. */
export async function openHouse({
  dataDir,
  key,
  warmPages = 2,
}: {
  readonly dataDir: string;
  /** Shared key of the tokens; without one only this process itself gets in. */
  readonly key?: Uint8Array;
  /** Pages of each stored document that get pictures in the background. Default 2. */
  readonly warmPages?: number;
}): Promise<House> {
  await mkdir(dataDir, { recursive: true });
  const store = await SqliteStore.open({ path: join(dataDir, 'archive.sqlite') }).catch((cause: unknown) => {
    throw new AnjuanError('network-unavailable', {
      message: 'The archive file cannot be opened. Is another anjuan-archive at work in this data folder?',
      cause,
    });
  });
  const blobs = await DiskBlobStore.open({ directory: join(dataDir, 'blobs') });
  const maker = new PagePool();
  const pages = createPageService({ store, blobs, maker, warmPages });
  const shared = { store, blobs, pageService: pages };
  const system = createArchive({ ...shared, auth: fixedUser(systemAccount) });
  let users: Promise<readonly DevUser[]> | undefined;
  return {
    archive: createArchive({ ...shared, auth: key ? createJwtAuth({ keys: { sharedKey: key } }) : nobody }),
    system,
    pages,
    devUsers: () => (users ??= devUsersOf(system)),
    resume: () => void resumePages(system, pages).catch(() => undefined),
    async close() {
      maker.close();
      await pages.idle();
      await store.close();
    },
  };
}
