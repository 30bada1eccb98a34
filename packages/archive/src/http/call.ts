import type { AuditFacts } from '../audit/audit-event.js';
import { auditEvent } from '../audit/audit-event.js';
import type { Access } from '../policy/access.js';
import type { FhirResource } from '../fhir/resource.js';
import type { Service } from './service.js';

/** One request of one known user. */
export interface Call {
  readonly service: Service;
  readonly request: Request;
  readonly url: URL;
  /** Service base without a slash at its end. */
  readonly baseUrl: string;
  readonly requestId: string;
  readonly access: Access;
  readonly signal: AbortSignal;
  /** `Prefer: handling=strict`. */
  readonly strict: boolean;
}

type AuditInput = Pick<AuditFacts, 'interaction' | 'entities' | 'patientIds' | 'query' | 'detail'> & {
  readonly outcome?: AuditFacts['outcome'];
};

export function makeAuditEvent(call: Call, facts: AuditInput): FhirResource {
  return auditEvent({
    outcome: 'success',
    ...facts,
    principal: call.access.principal,
    requestId: call.requestId,
    now: call.service.clock.now(),
  });
}

/** Resolves when the access is on record. */
export function audit(call: Call, facts: AuditInput): Promise<void> {
  return call.service.auditLog.append(makeAuditEvent(call, facts));
}
