/** Roles of the archive, as they stand in the token's `roles` claim. */
export const roles = [
  'DOC',
  'HEAD',
  'NUR',
  'REC',
  'COD',
  'QC1',
  'QC2',
  'MED',
  'INS',
  'PAY',
  'SCAN',
  'WIN',
  'PAT',
  'AGT',
  'SEC',
  'AUD',
  'ADM',
  'SYS',
] as const;

/**
 * DOC doctor 经治医师, HEAD head of department 科主任, NUR nurse, REC record room 病案室, COD coder 编码员,
 * QC1/QC2 department/hospital quality control 质控, MED medical affairs office 医务处, INS insurance office 医保办,
 * PAY insurer 经办机构, SCAN scanning clerk, WIN copy window, PAT patient, AGT agent of a patient, SEC/AUD/ADM
 * security/audit/system administrator, SYS integration account.
 */
export type Role = (typeof roles)[number];

/** True for a role this version knows; unknown ones grant nothing. */
export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value);
}
