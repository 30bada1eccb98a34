import type { BlobInfo } from '../blob/blob-store.js';
import type { ResourceKey } from '../fhir/resource.js';
import type { AccessFacts } from '../policy/access-facts.js';
import type { IndexEntry } from '../store/condition.js';
import type { ResourceWrite, SidecarEntry } from '../store/store.js';

/** One committed write of an archive. */
export type RecordedWrite =
  | { readonly op: 'put'; readonly write: ResourceWrite }
  /** What a later write made of an earlier resource, for example the link of a document to its bytes. */
  | {
      readonly op: 'reindex';
      readonly key: ResourceKey;
      readonly facts: { readonly access: AccessFacts; readonly index: IndexEntry };
    }
  | { readonly op: 'sidecar'; readonly entry: SidecarEntry };

/** Body of `snapshot.json`: everything an archive wrote, to be replayed. Bytes lie beside it as `blobs/<sha256>`. */
export interface Snapshot {
  readonly format: 'anjuan-archive-snapshot/1';
  /** In order of commitment. */
  readonly writes: readonly RecordedWrite[];
  readonly blobs: readonly BlobInfo[];
}
