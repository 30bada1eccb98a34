import type { Relation } from './rules.js';

/** Who asks, as the token says. */
export interface AccessUser {
  /** From the token; unknown ones are ignored. */
  readonly roles: readonly string[];
  /** Practitioner or patient id (`sub`). */
  readonly userId: string;
  /** Department codes of the user. */
  readonly departments: readonly string[];
  /** Patient id, when the user is a patient or was launched for one. */
  readonly patientId?: string;
}

/** What the relation is judged by. */
export interface AccessRecord {
  /** Whose record it is. */
  readonly patientId: string;
  /** Department codes of the stay. */
  readonly departments: readonly string[];
  /** Practitioners who took part in the stay. */
  readonly practitionerIds: readonly string[];
}

const clinicalRoles = ['DOC', 'HEAD', 'NUR'];

/** The relation of a user to a record: the stay's own people and its departments' staff treat; the patient is `self`. */
export function relationOf(user: AccessUser, record: AccessRecord): Relation {
  if (user.roles.includes('PAT') && user.patientId === record.patientId) return 'self';
  if (!user.roles.some((role) => clinicalRoles.includes(role))) return 'none';
  if (record.practitionerIds.includes(user.userId)) return 'treating';
  return user.departments.some((department) => record.departments.includes(department)) ? 'treating' : 'none';
}
