import type { FhirResource, ResourceKey, ResourceType } from '../fhir/resource.js';
import type { StoredBlob, StoredVersion } from '../store/store.js';

/** One change that a user asks for. */
export type WriteRequest =
  | {
      readonly kind: 'create';
      readonly type: ResourceType;
      readonly resource: FhirResource;
      readonly blob?: StoredBlob;
      /** Search of a conditional create, without the question mark. */
      readonly ifNoneExist?: string;
    }
  | {
      readonly kind: 'update';
      readonly key: ResourceKey;
      readonly resource: FhirResource;
      readonly blob?: StoredBlob;
      /** If-Match header. */
      readonly ifMatch?: string;
      /** If-None-Match: *. */
      readonly mustBeNew?: true;
    };

export interface WriteResult {
  /** `existing`: a conditional create met what it was about to create. */
  readonly outcome: 'created' | 'updated' | 'existing';
  readonly version: StoredVersion;
}

/** What a write means once the current state is known. */
export interface PlannedWrite {
  readonly request: WriteRequest;
  readonly key: ResourceKey;
  readonly outcome: WriteResult['outcome'];
  readonly expectedVersionId: string | null;
  /** Of the resource before the write. */
  readonly current: StoredVersion | undefined;
}
