import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createArchive } from '../archive.js';
import { fixedUser } from '../auth/principal.js';
import type { BlobInfo, BlobPutOptions, BlobSource } from '../blob/blob-store.js';
import { MemoryBlobStore } from '../blob/memory-blob-store.js';
import { ingestFolder } from '../ingest/ingest-folder.js';
import type { IngestEvent, IngestSummary } from '../ingest/progress.js';
import { PagePool } from '../pages/page-pool.js';
import { createPageService } from '../pages/service/create-page-service.js';
import { systemAccount } from '../server/system-account.js';
import { RecordingStore } from './recording-store.js';
import type { Snapshot } from './snapshot.js';

/** A memory blob store that knows its content. */
class CountedBlobs extends MemoryBlobStore {
  readonly known = new Map<string, BlobInfo>();

  override async put(source: BlobSource, options?: BlobPutOptions): Promise<BlobInfo> {
    const info = await super.put(source, options);
    this.known.set(info.sha256, info);
    return info;
  }
}

export interface SnapshotOptions {
  /** Record folders to read. */
  readonly dir: string;
  /** Replaced when everything is written. */
  readonly outDir: string;
  /** Pages of each document that get pictures. Default all. */
  readonly pictures?: number;
  readonly onEvent?: (event: IngestEvent) => void;
  readonly signal?: AbortSignal;
}

/** Reads record folders into an archive in memory and writes it out for `loadSnapshot`. */
export async function writeSnapshot(options: SnapshotOptions): Promise<IngestSummary> {
  const { dir, outDir, pictures = Number.MAX_SAFE_INTEGER, onEvent, signal } = options;
  const store = new RecordingStore();
  const blobs = new CountedBlobs();
  const maker = new PagePool();
  try {
    const pages = createPageService({ store, blobs, maker, warmPages: 0 });
    const archive = createArchive({ store, blobs, pageService: pages, auth: fixedUser(systemAccount) });
    const summary = await ingestFolder({
      dir,
      archive,
      pages,
      warmPages: pictures,
      ...(onEvent ? { onEvent } : {}),
      ...(signal ? { signal } : {}),
    });
    await pages.idle();
    const snapshot: Snapshot = {
      format: 'anjuan-archive-snapshot/1',
      writes: store.writes,
      blobs: Array.from(blobs.known.values()),
    };
    await writeFolder(outDir, snapshot, blobs);
    return summary;
  } finally {
    maker.close();
  }
}

async function writeFolder(outDir: string, snapshot: Snapshot, blobs: MemoryBlobStore): Promise<void> {
  const next = `${outDir}.next`;
  await rm(next, { recursive: true, force: true });
  await mkdir(join(next, 'blobs'), { recursive: true });
  for (const { sha256 } of snapshot.blobs) {
    const bytes = await blobs.bytes(sha256);
    if (bytes) await writeFile(join(next, 'blobs', sha256), bytes);
  }
  await writeFile(join(next, 'snapshot.json'), JSON.stringify(snapshot));
  await rm(outDir, { recursive: true, force: true });
  await rename(next, outDir);
}
