import { AnjuanError } from '@anjuan/core';
import { stringAt } from '../fhir/json.js';
import { badRequest, Refusal } from '../fhir/refusal.js';
import type { FhirResource, ResourceKey, ResourceType } from '../fhir/resource.js';
import { mayChange, mayWrite, type Access } from '../policy/access.js';
import { lockedRefusal, notFound } from '../policy/denial.js';
import { unfiltered } from '../policy/visibility.js';
import { compileSearch } from '../search/compile-search.js';
import { indexName } from '../search/parameters.js';
import { tokenTerm } from '../search/token-terms.js';
import type { StoredVersion, StoreReader } from '../store/store.js';
import type { PlannedWrite, WriteRequest } from './write-request.js';

export interface PlanContext {
  readonly reader: StoreReader;
  readonly access: Access;
  readonly baseUrl: string;
  readonly now: Date;
}

type Create = Extract<WriteRequest, { kind: 'create' }>;
type Update = Extract<WriteRequest, { kind: 'update' }>;

/** The version that an If-Match header names. */
export function versionOfETag(header: string): string | undefined {
  return /^\s*(?:W\/)?"([^"]+)"\s*$/.exec(header)?.[1];
}

function conflict(message: string): Refusal {
  return new Refusal('version-conflict', { status: 412, issue: 'conflict', message });
}

function forbidden(): Refusal {
  const { message } = new AnjuanError('record-forbidden');
  return new Refusal('record-forbidden', { status: 403, issue: 'forbidden', message });
}

/** Decides what a request does, against what is stored now. Throws 400, 403, 404, 409, 412, 428. */
export async function planWrite(request: WriteRequest, context: PlanContext): Promise<PlannedWrite> {
  const type = request.kind === 'create' ? request.type : request.key.type;
  if (!mayWrite(context.access.principal, type)) {
    throw forbidden();
  }
  return request.kind === 'create' ? planCreate(request, context) : planUpdate(request, context);
}

async function planCreate(request: Create, context: PlanContext): Promise<PlannedWrite> {
  const existing = request.ifNoneExist === undefined ? undefined : await findExisting(request, context);
  if (existing) {
    const key: ResourceKey = { type: request.type, id: existing.id };
    return { request, key, outcome: 'existing', expectedVersionId: existing.versionId, current: existing };
  }
  await refuseDuplicate(request.type, request.resource, context.reader);
  const key: ResourceKey = { type: request.type, id: crypto.randomUUID() };
  return { request, key, outcome: 'created', expectedVersionId: null, current: undefined };
}

async function findExisting(request: Create, context: PlanContext): Promise<StoredVersion | undefined> {
  const { type } = request;
  const parameters = [...new URLSearchParams(request.ifNoneExist)];
  if (parameters.length === 0) throw badRequest('If-None-Exist has no search parameter.');
  const options = { type, parameters, strict: true, maxCount: 2, baseUrl: context.baseUrl, now: context.now };
  const compiled = await compileSearch(options, unfiltered);
  const where = compiled.tiers.find((tier) => tier.tier === 'read')?.where ?? { kind: 'any', of: [] };
  const rows = await context.reader.search({ type, where, sort: compiled.options.sort, limit: 2 });
  if (rows.length > 1) throw conflict('Several resources match If-None-Exist.');
  const found = rows[0]?.version;
  if (found && context.access.decide(found.access).decision !== 'read') throw duplicate();
  return found;
}

/** The content may be hidden from who asks, so nothing more is said. */
function duplicate(): Refusal {
  const message = 'A resource with this identifier exists already.';
  return new Refusal('version-conflict', { status: 409, issue: 'duplicate', message });
}

/** The masterIdentifier of a document as the index holds it. */
export function masterIdentifierOf(resource: FhirResource): string | undefined {
  const code = stringAt(resource, 'masterIdentifier.value');
  const system = stringAt(resource, 'masterIdentifier.system') ?? '';
  return code === undefined ? undefined : tokenTerm({ system, code });
}

/** A masterIdentifier names one document, whoever sends it twice. */
async function refuseDuplicate(type: ResourceType, resource: FhirResource, reader: StoreReader): Promise<void> {
  const identifier = masterIdentifierOf(resource);
  if (type !== 'DocumentReference' || identifier === undefined) return;
  const values = [identifier];
  const known = await reader.count(type, { kind: 'term', param: indexName(type, 'identifier'), values }, { atMost: 1 });
  if (known > 0) throw duplicate();
}

async function planUpdate(request: Update, context: PlanContext): Promise<PlannedWrite> {
  const { key, ifMatch, mustBeNew } = request;
  if (key.type === 'AuditEvent') {
    throw new Refusal('protocol-invalid', {
      status: 405,
      issue: 'not-supported',
      message: 'The access log only grows.',
    });
  }
  const current = await context.reader.read(key);
  if (!current) {
    if (ifMatch !== undefined) throw conflict('The resource does not exist.');
    await refuseDuplicate(key.type, request.resource, context.reader);
    return { request, key, outcome: 'created', expectedVersionId: null, current };
  }
  const result = context.access.decide(current.access);
  if (result.decision === 'hide') throw notFound(key);
  if (result.decision === 'lock') throw lockedRefusal(key, result);
  if (!mayChange(context.access.principal, current.access)) throw forbidden();
  if (mustBeNew) throw conflict('The resource exists already.');
  if (ifMatch === undefined) {
    const message = 'An update needs If-Match with the version it was made from.';
    throw new Refusal('version-conflict', { status: 428, issue: 'required', message });
  }
  const expectedVersionId = versionOfETag(ifMatch);
  if (expectedVersionId === undefined) throw badRequest('If-Match holds no single entity tag.');
  if (expectedVersionId !== current.versionId) throw conflict('The resource changed since it was read.');
  return { request, key, outcome: 'updated', expectedVersionId, current };
}
