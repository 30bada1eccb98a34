import { MemoryStore } from '../store/memory-store.js';
import type { ResourceWrite, SidecarEntry, StoreCall, StoredVersion, StoreTransaction } from '../store/store.js';
import type { RecordedWrite } from './snapshot.js';

/** A memory store that remembers every committed write, apart from the access log. */
export class RecordingStore extends MemoryStore {
  readonly writes: RecordedWrite[] = [];

  override async transaction<T>(work: (tx: StoreTransaction) => Promise<T>, call: StoreCall = {}): Promise<T> {
    let writes: RecordedWrite[] = [];
    const result = await super.transaction((tx) => {
      writes = [];
      return work(recorded(tx, writes));
    }, call);
    this.writes.push(...writes);
    return result;
  }
}

function recorded(tx: StoreTransaction, writes: RecordedWrite[]): StoreTransaction {
  return {
    read: tx.read.bind(tx),
    readMany: tx.readMany.bind(tx),
    vread: tx.vread.bind(tx),
    history: tx.history.bind(tx),
    search: tx.search.bind(tx),
    count: tx.count.bind(tx),
    accessClasses: tx.accessClasses.bind(tx),
    sidecar: tx.sidecar.bind(tx),
    sidecars: tx.sidecars.bind(tx),
    dropSidecars: tx.dropSidecars.bind(tx),
    // Nothing expires while a snapshot is made.
    remove: tx.remove.bind(tx),
    namesBlob: tx.namesBlob.bind(tx),
    async reindex(key, facts): Promise<void> {
      await tx.reindex(key, facts);
      writes.push({ op: 'reindex', key, facts });
    },
    async put(write: ResourceWrite): Promise<StoredVersion> {
      const stored = await tx.put(write);
      if (write.type !== 'AuditEvent') writes.push({ op: 'put', write });
      return stored;
    },
    async putSidecar(entry: SidecarEntry): Promise<void> {
      await tx.putSidecar(entry);
      writes.push({ op: 'sidecar', entry });
    },
  };
}
