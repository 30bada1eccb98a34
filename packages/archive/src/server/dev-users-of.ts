import { stringAt, valuesAt } from '../fhir/json.js';
import { ArchiveWriter } from '../ingest/archive-writer.js';
import type { Archive } from '../archive-options.js';
import { samplePatient, sampleUsers, type DevUser } from './dev-users.js';

/** The staff, and the patient of the longest record: there is most to see. */
export async function devUsersOf(system: Archive): Promise<readonly DevUser[]> {
  const records = await new ArchiveWriter(system).search('List?_count=100');
  const [longest] = [...records].sort((a, b) => valuesAt(b, 'entry').length - valuesAt(a, 'entry').length);
  const patientId = stringAt(longest, 'subject.reference')?.split('/').at(-1);
  return patientId === undefined ? sampleUsers : [...sampleUsers, samplePatient(patientId)];
}
