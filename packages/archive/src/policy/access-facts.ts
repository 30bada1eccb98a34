import type { RecordStatus } from '@anjuan/core';

/**
 * What access is judged by; kept beside every stored resource so that search can filter in its index.
 * - `open`: people and places of the house, readable by every user.
 * - `clinical`: belongs to a patient; the permission matrix decides.
 * - `audit`: the access log; only auditors.
 * - `own`: unlinked uploads; only who made them.
 */
export type AccessKind = 'open' | 'clinical' | 'audit' | 'own';

/** The facts about one resource; see `AccessKind`. */
export interface AccessFacts {
  readonly kind: AccessKind;
  /** Sorted, unique; never empty for `clinical`. */
  readonly labels: readonly string[];
  readonly recordStatus: RecordStatus;
  readonly patientId?: string;
  /** Department codes of the stay. */
  readonly departments: readonly string[];
  readonly practitionerIds: readonly string[];
  /** Subject of the token that made it, for `own`. */
  readonly ownerId?: string;
}

/** Equal for resources that the matrix treats alike: few exist, so search evaluates the matrix once for each. */
export function accessClassOf(facts: AccessFacts): string {
  return `${facts.kind}|${facts.recordStatus}|${facts.labels.join(',')}`;
}

/** The part of the facts that an access class carries. */
export function factsOfClass(accessClass: string): Pick<AccessFacts, 'kind' | 'recordStatus' | 'labels'> {
  const [kind = 'clinical', recordStatus = 'sealed', labels = ''] = accessClass.split('|');
  return {
    kind: kind as AccessKind,
    recordStatus: recordStatus as RecordStatus,
    labels: labels === '' ? [] : labels.split(','),
  };
}
