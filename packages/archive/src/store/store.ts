import type { Json } from '../fhir/json.js';
import type { FhirResource, ResourceKey, ResourceType } from '../fhir/resource.js';
import type { AccessFacts } from '../policy/access-facts.js';
import type { Condition, IndexEntry, SearchPlan, SearchPosition } from './condition.js';

/** Bytes behind a Binary; the Binary resource itself is stored without its data. */
export interface StoredBlob {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** One version of one resource. */
export interface StoredVersion {
  readonly type: ResourceType;
  readonly id: string;
  /** `1`, `2`, ... for each resource. */
  readonly versionId: string;
  /** FHIR instant. */
  readonly lastUpdated: string;
  /** With `id` and `meta.versionId`, `meta.lastUpdated` filled in. */
  readonly resource: FhirResource;
  /** Access as of now; the same for all versions of a resource. */
  readonly access: AccessFacts;
  readonly blob?: StoredBlob;
}

/** A found resource and where it stands in the order. */
export interface SearchRow {
  readonly version: StoredVersion;
  readonly position: SearchPosition;
}

/** Which part of a history. */
export interface HistoryOptions extends StoreCall {
  readonly limit: number;
  /** Only versions older than this one. */
  readonly beforeVersionId?: string;
}

/** Options of every call on a store. */
export interface StoreCall {
  readonly signal?: AbortSignal;
}

/** Points at derived data of one document version. */
export interface SidecarKey {
  readonly documentId: string;
  readonly versionId: string;
  /** For example `pages`, `text/12`. */
  readonly kind: string;
}

/** Derived data as stored. */
export interface SidecarEntry extends SidecarKey {
  readonly body: Json;
}

/** Reads see committed data only; inside a transaction also its own writes. */
export interface StoreReader {
  read(key: ResourceKey, call?: StoreCall): Promise<StoredVersion | undefined>;
  /** In the order of `keys`, missing ones left out. */
  readMany(keys: readonly ResourceKey[], call?: StoreCall): Promise<readonly StoredVersion[]>;
  vread(key: ResourceKey, versionId: string, call?: StoreCall): Promise<StoredVersion | undefined>;
  /** Newest first. */
  history(key: ResourceKey, options: HistoryOptions): Promise<readonly StoredVersion[]>;
  search(plan: SearchPlan, call?: StoreCall): Promise<readonly SearchRow[]>;
  /** Exact up to `atMost`, then `atMost`. */
  count(type: ResourceType, where: Condition, options?: StoreCall & { readonly atMost?: number }): Promise<number>;
  /** Access classes that occur in a type; few. */
  accessClasses(type: ResourceType, call?: StoreCall): Promise<readonly string[]>;
  sidecar(key: SidecarKey, call?: StoreCall): Promise<Json | undefined>;
  /** One kind for many document versions, in no order. */
  sidecars(
    kind: string,
    refs: readonly { readonly documentId: string; readonly versionId: string }[],
    call?: StoreCall,
  ): Promise<readonly SidecarEntry[]>;
}

/** One new version of a resource, with everything a store indexes. */
export interface ResourceWrite {
  readonly type: ResourceType;
  readonly id: string;
  /** Without versionId and lastUpdated: the store sets them. */
  readonly resource: FhirResource;
  readonly lastUpdated: string;
  readonly access: AccessFacts;
  readonly index: IndexEntry;
  readonly blob?: StoredBlob;
  /** `null`: must not exist yet. A version: must be the current one. Throws `version-conflict` otherwise. */
  readonly expectedVersionId: string | null;
}

/** Reads and writes that become visible together, or not at all. */
export interface StoreTransaction extends StoreReader {
  put(write: ResourceWrite): Promise<StoredVersion>;
  /** Replaces access and index of the current version; no new version. */
  reindex(key: ResourceKey, facts: { readonly access: AccessFacts; readonly index: IndexEntry }): Promise<void>;
  /** Forgets a resource with all its versions: expired uploads only, nothing else is ever deleted. */
  remove(key: ResourceKey): Promise<void>;
  /** True when any version of any resource names these bytes. */
  namesBlob(sha256: string): Promise<boolean>;
  putSidecar(entry: SidecarEntry): Promise<void>;
  /** Forgets every sidecar of one document version, or of all versions. */
  dropSidecars(ref: { readonly documentId: string; readonly versionId?: string }): Promise<void>;
}

/**
 * Where resources live. One contract suite (`testing/store-contract.ts`) holds for every implementation.
 * A transaction commits when its work resolves and leaves no trace when it throws. Committed means durable.
 */
export interface Store extends StoreReader {
  transaction<T>(work: (tx: StoreTransaction) => Promise<T>, call?: StoreCall): Promise<T>;
  close(): Promise<void>;
}
