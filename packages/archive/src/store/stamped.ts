import type { FhirResource } from '../fhir/resource.js';
import type { ResourceWrite } from './store.js';

/** Fills in what the store decides. */
export function stamped(
  write: Pick<ResourceWrite, 'id' | 'resource' | 'lastUpdated'>,
  versionId: string,
): FhirResource {
  return {
    ...write.resource,
    id: write.id,
    meta: { ...write.resource.meta, versionId, lastUpdated: write.lastUpdated },
  };
}
