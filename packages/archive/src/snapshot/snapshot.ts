import type { BlobInfo } from '../blob/blob-store.js';
import type { ResourceWrite, SidecarEntry } from '../store/store.js';

/** One committed write of an archive. */
export type RecordedWrite =
  { readonly op: 'put'; readonly write: ResourceWrite } | { readonly op: 'sidecar'; readonly entry: SidecarEntry };

/** Body of `snapshot.json`: everything an archive wrote, to be replayed. Bytes lie beside it as `blobs/<sha256>`. */
export interface Snapshot {
  readonly format: 'anjuan-archive-snapshot/1';
  /** In order of commitment. */
  readonly writes: readonly RecordedWrite[];
  readonly blobs: readonly BlobInfo[];
}
