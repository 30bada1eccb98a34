import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AnjuanError } from '@anjuan/core';
import { createArchive } from '../archive.js';
import type { Archive } from '../archive-options.js';
import { createJwtAuth, type JwtAuthOptions } from '../auth/jwt-auth.js';
import { fixedUser, type Authenticator } from '../auth/principal.js';
import { DiskBlobStore } from '../blob/disk-blob-store.js';
import { PagePool } from '../pages/page-pool.js';
import { expireUploads } from '../uploads/expire-uploads.js';
import { createTusUploads } from '../uploads/tus-upload-service.js';
import { createPageService, type ArchivePageService } from '../pages/service/create-page-service.js';
import { SqliteStore } from '../store/sqlite/sqlite-store.js';
import type { DevUser } from './dev-users.js';
import { devUsersOf } from './dev-users-of.js';
import { resumePages } from './resume-pages.js';
import { systemAccount } from './system-account.js';

/** A running archive over one data folder. */
export interface House {
  /** For requests with tokens; without `auth` it admits nobody. */
  readonly archive: Archive;
  /** For this process's own work: every request is the integration account. */
  readonly system: Archive;
  readonly pages: ArchivePageService;
  readonly devUsers: () => Promise<readonly DevUser[]>;
  /** Goes on in the background with what an earlier run left unmeasured. */
  resume(): void;
  close(): Promise<void>;
}

/** As large as the largest Binary. */
const MAX_UPLOAD_BYTES = 512 * 1024 * 1024;

const nobody: Authenticator = { authenticate: () => Promise.reject(new AnjuanError('auth-required')) };

/** Where a house keeps its data and whom it lets in. */
export interface HouseOptions {
  readonly dataDir: string;
  /** How tokens are checked; without it only this process itself gets in. */
  readonly auth?: JwtAuthOptions;
  /** Pages of each stored document that get pictures in the background. Default 2. */
  readonly warmPages?: number;
}

/** Opens or creates the archive in `dataDir`. Throws `server-fault` while another process has it open. */
export async function openHouse({ dataDir, auth, warmPages = 2 }: HouseOptions): Promise<House> {
  const admission = auth ? createJwtAuth(auth) : nobody;
  await mkdir(dataDir, { recursive: true });
  const store = await openStore(dataDir);
  const blobs = await DiskBlobStore.open({ directory: join(dataDir, 'blobs') }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const maker = new PagePool();
  const pages = createPageService({ store, blobs, maker, warmPages });
  const uploadService = await createTusUploads({ directory: join(dataDir, 'uploads'), maxBytes: MAX_UPLOAD_BYTES });
  const stopSweeping = sweepHourly(async () => {
    await uploadService.expire();
    await expireUploads({ store, blobs });
  });
  const shared = { store, blobs, pageService: pages, uploadService };
  const system = createArchive({ ...shared, auth: fixedUser(systemAccount) });
  let users: Promise<readonly DevUser[]> | undefined;
  const forgetUsers = (error: unknown): never => {
    users = undefined;
    throw error;
  };
  return {
    archive: createArchive({ ...shared, auth: admission }),
    system,
    pages,
    devUsers: () => (users ??= devUsersOf(system).catch(forgetUsers)),
    resume: () => void resumePages(system, pages).catch(() => undefined),
    async close() {
      stopSweeping();
      maker.close();
      await pages.idle();
      await store.close();
    },
  };
}

const HOUR_MS = 60 * 60 * 1000;

/** Now and every hour, without keeping the process alive. Returns the end of it. */
function sweepHourly(sweep: () => Promise<unknown>): () => void {
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    void sweep().catch(() => undefined);
    timer = setTimeout(next, HOUR_MS).unref();
  };
  next();
  return () => clearTimeout(timer);
}

async function openStore(dataDir: string): Promise<SqliteStore> {
  try {
    return await SqliteStore.open({ path: join(dataDir, 'archive.sqlite') });
  } catch (cause) {
    // The store's own refusals say what to do; what the engine throws does not.
    if (AnjuanError.is(cause)) throw cause;
    throw new AnjuanError('server-fault', { message: 'The archive file cannot be opened.', retryable: false, cause });
  }
}
