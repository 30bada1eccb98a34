import { AnjuanError } from '@anjuan/core';
import type { BlobStore } from '../blob/blob-store.js';
import { createPageService } from '../pages/service/create-page-service.js';
import type { PageService } from '../service/page-service.js';
import { MemoryStore } from '../store/memory-store.js';
import type { Store } from '../store/store.js';
import type { Snapshot } from './snapshot.js';
import { SnapshotBlobs } from './snapshot-blobs.js';

/** The parts of an archive with the records of a snapshot; give them to `createArchive`. */
export interface LoadedSnapshot {
  readonly store: Store;
  readonly blobs: BlobStore;
  /** Serves the pictures and texts that the snapshot holds. */
  readonly pageService: PageService;
}

/**
 * Fills a memory store from a folder that `anjuan-archive snapshot` wrote: `snapshot.json`, read now, and `blobs/<sha256>`,
 * read at need. For stories, tests and demos without a server. Throws `assets-missing` when the folder is not there.
 */
export async function loadSnapshot(
  url: string,
  options: { readonly fetch?: typeof fetch; readonly signal?: AbortSignal } = {},
): Promise<LoadedSnapshot> {
  const read = options.fetch ?? ((input, init) => fetch(input, init));
  const folder = url.endsWith('/') ? url : `${url}/`;
  const get = async (path: string, signal: AbortSignal | undefined): Promise<Response> => {
    const response = await read(folder + path, signal ? { signal } : {});
    if (!response.ok) throw new AnjuanError('assets-missing', { details: { status: response.status } });
    return response;
  };
  const snapshot = (await (await get('snapshot.json', options.signal)).json()) as Snapshot;
  if (snapshot.format !== 'anjuan-archive-snapshot/1') throw new AnjuanError('assets-missing');
  const blobs = new SnapshotBlobs(snapshot.blobs, async (sha256, signal) => {
    const response = await get(`blobs/${sha256}`, signal);
    return new Uint8Array(await response.arrayBuffer());
  });
  const store = new MemoryStore();
  await store.transaction(async (tx) => {
    for (const item of snapshot.writes) {
      if (item.op === 'put') await tx.put(item.write);
      else if (item.op === 'reindex') await tx.reindex(item.key, item.facts);
      else await tx.putSidecar(item.entry);
    }
  });
  return { store, blobs, pageService: createPageService({ store, blobs }) };
}
