import { list, text } from '../../json/read.js';
import { codeSystems } from '../../model/fhir-names.js';
import type { RecordStatus } from '../../model/record.js';

/** Status of a record's List by its tag. A plain engine has no tag: what it serves counts as archived. */
export function recordStatusOf(folder: unknown): RecordStatus {
  const tags = list(folder, 'meta', 'tag').filter((tag) => text(tag, 'system') === codeSystems.recordStatus);
  const codes = tags.map((tag) => text(tag, 'code'));
  if (codes.includes('sealed')) return 'sealed';
  return codes.includes('working') ? 'working' : 'archived';
}
