import { referencesAt } from '../policy/derive-facts.js';
import type { StoredVersion } from '../store/store.js';
import type { DecisionResult } from '@anjuan/core';
import type { Call } from './call.js';

export interface RecordDocument {
  readonly version: StoredVersion;
  readonly result: Exclude<DecisionResult, { readonly decision: 'hide' }>;
}

export interface Judged {
  readonly version: StoredVersion;
  readonly result: DecisionResult;
}

function isShown(judged: Judged): judged is RecordDocument {
  return judged.result.decision !== 'hide';
}

/** The documents of a record in their order, each once; hidden ones and withdrawn ones left out. */
export async function documentsOf(call: Call, list: StoredVersion): Promise<readonly RecordDocument[]> {
  const keys = referencesAt(list.resource, 'DocumentReference', 'entry.item');
  const once = [...new Map(keys.map((key) => [key.id, key])).values()];
  const versions = await call.service.store.readMany(once, { signal: call.signal });
  return versions
    .filter((version) => version.resource['status'] !== 'entered-in-error')
    .map((version): Judged => ({ version, result: call.access.decide(version.access) }))
    .filter(isShown);
}
