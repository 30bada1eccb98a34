import type { IndexTerm } from '../store/condition.js';
import type { AccessFacts } from './access-facts.js';

/** Index names that search filters access by; they exist on every type and cannot be searched by users. */
export const accessIndex = {
  department: '_access.department',
  practitioner: '_access.practitioner',
  patient: '_access.patient',
  owner: '_access.owner',
} as const;

export function accessTerms(facts: AccessFacts): readonly IndexTerm[] {
  return [
    ...facts.departments.map((value) => ({ param: accessIndex.department, value })),
    ...facts.practitionerIds.map((value) => ({ param: accessIndex.practitioner, value })),
    ...(facts.patientId === undefined ? [] : [{ param: accessIndex.patient, value: facts.patientId }]),
    ...(facts.ownerId === undefined ? [] : [{ param: accessIndex.owner, value: facts.ownerId }]),
  ];
}
