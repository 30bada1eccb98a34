import type { FhirResource, ResourceKey, ResourceType } from '../fhir/resource.js';
import { keyText } from '../fhir/resource.js';
import { badRequest } from '../fhir/refusal.js';
import type { Access } from '../policy/access.js';
import type { StoredVersion, StoreTransaction } from '../store/store.js';
import { checkAttachments, checkSameBytes, checkSources } from './check-attachments.js';
import { withHiddenEntries } from './hidden-entries.js';
import { masterIdentifierOf, planWrite, type PlanContext } from './plan-write.js';
import { resolveReferences, type LinkContext } from './resolve-references.js';
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

/** Everything that names the resource a plan writes, apart from what a conditional create found. */
function namesOf({ key, outcome, request }: PlannedWrite): readonly string[] {
  if (outcome === 'existing') return [];
  const condition = request.kind === 'create' ? request.ifNoneExist : undefined;
  const identifier = key.type === 'DocumentReference' ? masterIdentifierOf(request.resource) : undefined;
  return [
    keyText(key),
    ...(condition === undefined ? [] : [`${key.type}?${condition}`]),
    ...(identifier === undefined ? [] : [identifier]),
  ];
}

/** What the store refuses as a duplicate must not slip in beside its twin either. */
function refuseTwice(plans: readonly PlannedWrite[]): void {
  const names = plans.flatMap(namesOf);
  if (new Set(names).size < names.length) throw badRequest('One resource is written twice in the bundle.');
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
    stored.set(plan, await writeOne(plan, { tx, writer, keys, access: context.access, baseUrl: context.baseUrl }));
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
    readonly access: Access;
  } & LinkContext,
): Promise<StoredVersion> {
  const { request, key, expectedVersionId, current } = plan;
  if (plan.outcome === 'existing' && current) return current;
  const { access, tx: reader } = context;
  const { blob } = request;
  const before = current?.resource;
  let resource: FhirResource = { ...cleaned(resolveReferences(request.resource, context)), id: key.id };
  if (key.type === 'Binary') await checkSameBytes(key, { before: current?.blob, after: blob }, reader);
  if (key.type === 'DocumentReference') await checkAttachments(resource, { reader, access, before });
  if (key.type === 'Provenance') await checkSources(resource, { reader, access });
  if (key.type === 'List' && before) resource = await withHiddenEntries(resource, before, { access, reader });
  return context.writer.put({ key, resource, expectedVersionId, ...(blob && { blob }) });
}
