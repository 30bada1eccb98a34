/** A sample user of the development login. */
export interface DevUser {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly roles: readonly string[];
  readonly departments: readonly string[];
  /** Practitioner or patient id in the sample records. */
  readonly subject: string;
  /** Set for patients: the only record they may read. */
  readonly patientId?: string;
}

/** Who can sign in to the sample archive. They are people of the sample records, and like them invented. */
export const sampleUsers: readonly DevUser[] = [
  {
    id: 'doctor',
    nameZh: '沈明远（心内科医生）',
    nameEn: 'Shen Mingyuan (cardiologist)',
    roles: ['DOC'],
    departments: ['cardiology'],
    subject: 'pr-card-attending',
  },
  {
    id: 'clerk',
    nameZh: '潘敏（病案室）',
    nameEn: 'Pan Min (record room)',
    roles: ['REC'],
    departments: [],
    subject: 'pr-rec-1',
  },
];

/** The patient whose stay is opened first; without one there is nobody to sign in as. */
export function samplePatient(patientId: string): DevUser {
  return {
    id: 'patient',
    nameZh: '患者本人',
    nameEn: 'Patient',
    roles: ['PAT'],
    departments: [],
    subject: patientId,
    patientId,
  };
}
