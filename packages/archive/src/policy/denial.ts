import { AnjuanError, type DecisionResult, type ErrorCode } from '@anjuan/core';
import { Refusal } from '../fhir/refusal.js';
import type { ResourceKey } from '../fhir/resource.js';

/** What to call a missing or hidden resource. */
export function notFound(key: Pick<ResourceKey, 'type'>): AnjuanError {
  const isDocument = key.type === 'DocumentReference' || key.type === 'Binary';
  return new AnjuanError(isDocument ? 'document-not-found' : 'record-not-found');
}

function lockedCode(key: ResourceKey, result: DecisionResult): ErrorCode {
  if (result.decision === 'lock' && result.reason === 'sealed') return 'record-sealed';
  return key.type === 'DocumentReference' || key.type === 'Binary' ? 'document-locked' : 'record-forbidden';
}

/** 403 for a resource that the user may know of, but not read. */
export function lockedRefusal(key: ResourceKey, result: DecisionResult): Refusal {
  const code = lockedCode(key, result);
  const { message } = new AnjuanError(code);
  return new Refusal(code, { status: 403, issue: 'forbidden', message });
}
