import type { Principal } from '../auth/principal.js';

/** The integration account: what this process does for itself, such as an ingest. */
export const systemAccount: Principal = {
  userId: 'anjuan-archive',
  name: 'anjuan-archive',
  roles: ['SYS'],
  departments: [],
  purpose: 'RECORDMGT',
};
