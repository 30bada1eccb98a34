import type { Principal } from '../auth/principal.js';

/** Users for tests; invented. `cardiologist` treats the stays of department CARD. */
export function user(role: string, more: Partial<Principal> = {}): Principal {
  return { userId: `user-${role.toLowerCase()}`, name: role, roles: [role], departments: [], ...more };
}

export const system = user('SYS');
export const clerk = user('REC');
export const auditor = user('AUD');
export const cardiologist = user('DOC', { userId: 'dr-heart', departments: ['CARD'] });
export const neurologist = user('DOC', { userId: 'dr-brain', departments: ['NEUR'] });
export const patientLin = user('PAT', { userId: 'p-lin', patientId: 'p-lin' });
