import type { Principal } from '../auth/principal.js';
import { keyText, type FhirResource, type ResourceKey } from '../fhir/resource.js';

/** FHIR interactions and our operations, as AuditEvent.subtype. */
export type AuditedInteraction =
  | 'read'
  | 'vread'
  | 'history-instance'
  | 'search-type'
  | 'create'
  | 'update'
  | 'patch'
  | 'sign'
  | 'page-image'
  | 'page-text'
  | 'search-text'
  | 'record-manifest';

export interface AuditFacts {
  readonly interaction: AuditedInteraction;
  readonly principal: Principal;
  readonly requestId: string;
  readonly now: Date;
  /** `denied`: the policy refused or hid it. */
  readonly outcome: 'success' | 'denied';
  readonly entities: readonly { readonly key: ResourceKey; readonly versionId?: string }[];
  readonly patientIds: readonly string[];
  /** Query string of a search. */
  readonly query?: string;
  readonly detail?: Readonly<Record<string, string>>;
}

const actions: Readonly<Record<AuditedInteraction, 'C' | 'R' | 'U' | 'E'>> = {
  read: 'R',
  vread: 'R',
  'history-instance': 'R',
  'search-type': 'E',
  create: 'C',
  update: 'U',
  patch: 'U',
  sign: 'U',
  'page-image': 'R',
  'page-text': 'R',
  'search-text': 'E',
  'record-manifest': 'R',
};

const fhirInteractions = new Set(['read', 'vread', 'history-instance', 'search-type', 'create', 'update', 'patch']);
const AUDIT_ENTITY = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text.slice(0, 4000))));
}

function entity(reference: string, role: '1' | '4' | '24') {
  const type = { system: AUDIT_ENTITY, code: role === '1' ? '1' : '2' };
  return { what: { reference }, type, role: { system: OBJECT_ROLE, code: role } };
}

function subtype(interaction: AuditedInteraction) {
  const system = fhirInteractions.has(interaction)
    ? 'http://hl7.org/fhir/restful-interaction'
    : 'urn:anjuan:fhir:CodeSystem:archive-operation';
  return { system, code: interaction };
}

/**
 * One access as an AuditEvent.
 * @source IHE BALP (Basic Audit Log Patterns): PatientRead, PatientQuery, PatientCreate, PatientUpdate
 */
export function auditEvent(facts: AuditFacts): FhirResource {
  const { principal, interaction } = facts;
  const who =
    principal.roles.includes('PAT') && principal.patientId !== undefined
      ? `Patient/${principal.patientId}`
      : `Practitioner/${principal.userId}`;
  const detail = Object.entries(facts.detail ?? {}).map(([type, valueString]) => ({ type, valueString }));
  return {
    resourceType: 'AuditEvent',
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
    subtype: [subtype(interaction)],
    action: actions[interaction],
    recorded: facts.now.toISOString(),
    outcome: facts.outcome === 'success' ? '0' : '4',
    ...(principal.purpose !== undefined && {
      purposeOfEvent: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: principal.purpose }] },
      ],
    }),
    agent: [
      {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'IRCP' }] },
        role: principal.roles.map((code) => ({ coding: [{ system: 'urn:anjuan:fhir:CodeSystem:role', code }] })),
        who: { reference: who, display: principal.name },
        requestor: true,
      },
    ],
    source: { observer: { display: 'anjuan-archive' } },
    entity: [
      ...facts.entities.map(({ key, versionId }) =>
        entity(versionId === undefined ? keyText(key) : `${keyText(key)}/_history/${versionId}`, '4'),
      ),
      ...facts.patientIds.map((id) => entity(`Patient/${id}`, '1')),
      ...(facts.query === undefined ? [] : [{ role: { system: OBJECT_ROLE, code: '24' }, query: base64(facts.query) }]),
      {
        what: { identifier: { value: facts.requestId } },
        type: { system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', code: 'XrequestId' },
        ...(detail.length > 0 && { detail }),
      },
    ],
  };
}
