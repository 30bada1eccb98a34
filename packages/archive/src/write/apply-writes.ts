import type { FhirResource, ResourceKey, ResourceType } from '../fhir/resource.js';
import { keyText } from '../fhir/resource.js';
import { badRequest } from '../fhir/refusal.js';
import type { StoredVersion, StoreTransaction } from '../store/store.js';
import { checkAttachments } from './check-attachments.js';
import { planWrite, type PlanContext } from './plan-write.js';
import { resolveReferences } from './resolve-references.js';
import { ResourceWriter } from './resource-writer.js';
import type { PlannedWrite, WriteRequest, WriteResult } from './write-request.js';

/** What others are judged by comes first. */
const order: readonly ResourceType[] = [
  'Organization',
  'Practitioner',
  'Patient',
  'Encounter',
  'Binary',
  'List',
  'DocumentReference',
  'Consent',
  'Task',
  'Provenance',
  'AuditEvent',
];

export interface LinkedWrite {
  readonly request: WriteRequest;
  /** How other entries of the same bundle refer to it. */
  readonly fullUrl?: string;
}

function keysByUrl(writes: readonly LinkedWrite[], plans: readonly PlannedWrite[]): ReadonlyMap<string, ResourceKey> {
  const keys = new Map<string, ResourceKey>();
  writes.forEach(({ fullUrl }, index) => {
    const plan = plans[index];
    if (fullUrl !== undefined && plan) keys.set(fullUrl, plan.key);
  });
  return keys;
}

function refuseTwice(plans: readonly PlannedWrite[]): void {
  const written = plans.filter((plan) => plan.outcome !== 'existing').map((plan) => keyText(plan.key));
  if (new Set(written).size < written.length) throw badRequest('One resource is written twice in the bundle.');
}

/** Drops what only the archive may say. */
function cleaned(resource: FhirResource): FhirResource {
  const { meta, ...rest } = resource;
  if (!meta) return resource;
  const { versionId: _versionId, lastUpdated: _lastUpdated, ...own } = meta;
  return { ...rest, resourceType: resource.resourceType, ...(Object.keys(own).length > 0 && { meta: own }) };
}

/** All writes or none, inside the transaction. Results stand in the order of the requests. */
export async function applyWrites(
  tx: StoreTransaction,
  writes: readonly LinkedWrite[],
  context: Omit<PlanContext, 'reader'>,
): Promise<readonly WriteResult[]> {
  const plans: PlannedWrite[] = [];
  for (const { request } of writes) plans.push(await planWrite(request, { ...context, reader: tx }));
  refuseTwice(plans);
  const keys = keysByUrl(writes, plans);
  const writer = new ResourceWriter(tx, { now: context.now, ownerId: context.access.principal.userId });
  const stored = new Map<PlannedWrite, StoredVersion>();
  for (const plan of [...plans].sort((a, b) => order.indexOf(a.key.type) - order.indexOf(b.key.type))) {
    stored.set(plan, await writeOne(plan, { tx, writer, keys }));
  }
  await writer.settle();
  return plans.flatMap((plan) => {
    const version = stored.get(plan);
    return version ? [{ outcome: plan.outcome, version }] : [];
  });
}

async function writeOne(
  plan: PlannedWrite,
  context: {
    readonly tx: StoreTransaction;
    readonly writer: ResourceWriter;
    readonly keys: ReadonlyMap<string, ResourceKey>;
  },
): Promise<StoredVersion> {
  const { request, key, expectedVersionId, current } = plan;
  if (plan.outcome === 'existing' && current) return current;
  const resource = { ...cleaned(resolveReferences(request.resource, context.keys)), id: key.id };
  if (key.type === 'DocumentReference') await checkAttachments(resource, context.tx);
  const { blob } = request;
  return context.writer.put({ key, resource, expectedVersionId, ...(blob && { blob }) });
}
