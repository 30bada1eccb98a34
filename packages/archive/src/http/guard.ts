import type { DecisionResult } from '@anjuan/core';
import type { AuditedInteraction } from '../audit/audit-event.js';
import type { ResourceKey } from '../fhir/resource.js';
import { lockedRefusal, notFound } from '../policy/denial.js';
import { labelsOf } from '../policy/derive-facts.js';
import type { StoredVersion } from '../store/store.js';
import { audit, type Call } from './call.js';

export function patientIdsOf(version: StoredVersion | undefined): readonly string[] {
  const patientId = version?.access.patientId;
  return patientId === undefined ? [] : [patientId];
}

function denied(call: Call, interaction: AuditedInteraction, version: StoredVersion): Promise<void> {
  const entities = [{ key: { type: version.type, id: version.id } }];
  return audit(call, { interaction, outcome: 'denied', entities, patientIds: patientIdsOf(version) });
}

/** The decision for a stored resource. A hidden one is put on record as denied and looks missing. */
export async function decideOn(
  call: Call,
  interaction: AuditedInteraction,
  key: ResourceKey,
): Promise<{ readonly version: StoredVersion; readonly result: DecisionResult }> {
  const version = await call.service.store.read(key, { signal: call.signal });
  if (!version) throw notFound(key);
  const result = call.access.decide(version.access);
  if (result.decision !== 'hide') return { version, result };
  await denied(call, interaction, version);
  throw notFound(key);
}

/** A resource the user may read in full. Throws 404 when hidden or missing, 403 when locked. */
export async function readable(call: Call, interaction: AuditedInteraction, key: ResourceKey): Promise<StoredVersion> {
  const { version, result } = await decideOn(call, interaction, key);
  if (result.decision === 'read') return version;
  await denied(call, interaction, version);
  throw lockedRefusal(key, result);
}

/** One version of a readable resource; its own labels must allow reading too. */
export async function readableVersion(
  call: Call,
  interaction: AuditedInteraction,
  ref: { readonly key: ResourceKey; readonly versionId: string },
): Promise<StoredVersion> {
  await readable(call, interaction, ref.key);
  const version = await call.service.store.vread(ref.key, ref.versionId, { signal: call.signal });
  if (!version || !versionReadable(call, version)) throw notFound(ref.key);
  return version;
}

/** A version keeps the labels it had: removing a label later does not open the past. */
export function versionReadable(call: Call, version: StoredVersion): boolean {
  const labels = labelsOf(version.resource);
  return call.access.decide({ ...version.access, labels: [...version.access.labels, ...labels] }).decision === 'read';
}
