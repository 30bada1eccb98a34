import { decide, relationOf, type DecisionResult, type PermissionRule, type Relation } from '@anjuan/core';
import type { Principal } from '../auth/principal.js';
import type { ResourceType } from '../fhir/resource.js';
import type { Condition } from '../store/condition.js';
import { factsOfClass, type AccessFacts } from './access-facts.js';
import { accessIndex } from './access-index.js';

/** Roles that read the access log. */
const auditReaders = ['AUD'];
const hidden: DecisionResult = { decision: 'hide', ruleId: 'kind-hide' };
const readable: DecisionResult = { decision: 'read', ruleId: 'kind-open' };

/** The permission matrix applied to one user, for single resources and, in the same words, for searches. */
export class Access {
  readonly principal: Principal;
  readonly #rules: readonly PermissionRule[] | undefined;

  constructor(principal: Principal, rules?: readonly PermissionRule[]) {
    this.principal = principal;
    this.#rules = rules;
  }

  /** May the user read a resource with these facts? */
  decide(facts: AccessFacts): DecisionResult {
    const relation = relationOf(this.principal, {
      patientId: facts.patientId ?? '',
      departments: facts.departments,
      practitionerIds: facts.practitionerIds,
    });
    if (facts.kind === 'own' && facts.ownerId === this.principal.userId) return readable;
    return this.#decide(facts, relation);
  }

  #decide(facts: Pick<AccessFacts, 'kind' | 'labels' | 'recordStatus'>, relation: Relation): DecisionResult {
    const { roles } = this.principal;
    if (facts.kind === 'open') return readable;
    if (facts.kind === 'audit') return roles.some((role) => auditReaders.includes(role)) ? readable : hidden;
    if (facts.kind === 'own') return roles.includes('SYS') ? readable : hidden;
    const { labels, recordStatus } = facts;
    return decide({ roles, relation, labels, recordStatus }, this.#rules);
  }

  /** The filter that keeps exactly the resources for which `decide` gives the decision. */
  filter(accessClasses: readonly string[], decision: 'read' | 'lock'): Condition {
    const parts: Condition[] = [];
    for (const [relation, bound] of this.#relations()) {
      const classes = accessClasses.filter((name) => this.#decide(factsOfClass(name), relation).decision === decision);
      if (classes.length > 0) parts.push({ kind: 'all', of: [{ kind: 'access-class', classes }, ...bound] });
    }
    if (decision === 'read') parts.push(...this.#ownUploads(accessClasses));
    // A single part stays visible to the planner of the store: a patient's own rows are few.
    const [only] = parts;
    return only && parts.length === 1 ? only : { kind: 'any', of: parts };
  }

  /** Relations the user may have, each with the filter that holds for it; disjoint and complete. */
  #relations(): readonly (readonly [Relation, readonly Condition[]])[] {
    const { principal } = this;
    const self = principal.roles.includes('PAT') ? isSelf(principal) : undefined;
    const treating = relationOf(principal, { patientId: '', departments: [], practitionerIds: [principal.userId] });
    const treats = treating === 'treating' ? treatsFilter(principal) : undefined;
    const notSelf: Condition[] = self ? [{ kind: 'not', of: self }] : [];
    return [
      ...(self ? [['self', [self]] as const] : []),
      ...(treats ? [['treating', [treats, ...notSelf]] as const] : []),
      ['none', [...(treats ? [{ kind: 'not', of: treats } as const] : []), ...notSelf]],
    ];
  }

  #ownUploads(accessClasses: readonly string[]): readonly Condition[] {
    const classes = accessClasses.filter((name) => factsOfClass(name).kind === 'own');
    const mine: Condition = { kind: 'term', param: accessIndex.owner, values: [this.principal.userId] };
    return classes.length === 0 ? [] : [{ kind: 'all', of: [{ kind: 'access-class', classes }, mine] }];
  }
}

function isSelf({ patientId }: Principal): Condition | undefined {
  return patientId === undefined ? undefined : { kind: 'term', param: accessIndex.patient, values: [patientId] };
}

function treatsFilter({ userId, departments }: Principal): Condition {
  return {
    kind: 'any',
    of: [
      { kind: 'term', param: accessIndex.practitioner, values: [userId] },
      { kind: 'term', param: accessIndex.department, values: departments },
    ],
  };
}

/** Who may write what. The log is the archive's own: only the integration account adds to it. Reading rights do not matter here: a source system may write what it may not read. */
const writers: Readonly<Record<string, readonly (ResourceType | '*')[]>> = {
  SYS: ['*'],
  REC: ['List', 'DocumentReference', 'Binary', 'Provenance', 'Task', 'Consent'],
  COD: ['DocumentReference', 'Task'],
  SCAN: ['List', 'DocumentReference', 'Binary', 'Provenance', 'Task'],
  DOC: ['List', 'DocumentReference', 'Binary', 'Provenance', 'Task'],
  HEAD: ['Task'],
  NUR: ['List', 'DocumentReference', 'Binary', 'Provenance', 'Task'],
  QC1: ['Task'],
  QC2: ['Task'],
  MED: ['Task'],
  WIN: ['Task'],
  INS: ['Task'],
  PAY: ['Task'],
  PAT: ['Task'],
  AGT: ['Task'],
};

/** Roles that add to records after archiving: the record room and its systems. */
const afterArchiving = ['SYS', 'REC', 'COD', 'SCAN'];

/**
 * May the user change a resource of a record that stands so? Wards write while the patient stays; afterwards only by an
 * approved amendment. @source 《电子病历应用管理规范（试行）》国卫办医发〔2017〕8号
 */
export function mayChange(principal: Principal, facts: AccessFacts): boolean {
  if (facts.kind !== 'clinical' || facts.recordStatus === 'working') return true;
  return principal.roles.some((role) => afterArchiving.includes(role));
}

export function mayWrite(principal: Principal, type: ResourceType): boolean {
  return principal.roles.some((role) => {
    const types = Object.hasOwn(writers, role) ? writers[role] : undefined;
    return types !== undefined && (types.includes('*') || types.includes(type));
  });
}
