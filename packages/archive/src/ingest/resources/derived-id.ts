import { createHash } from 'node:crypto';
import { ID_PATTERN } from '../../fhir/resource.js';

/**
 * The id of a resource that a source system has no id for: the same on every run, and never the same for two names. A name
 * that does not fit an id, because it is too long or Chinese, stands in it as its digest.
 */
export function derivedId(prefix: string, name: string): string {
  const plain = `${prefix}-${name}`;
  if (ID_PATTERN.test(plain)) return plain;
  return `${prefix}-${createHash('sha256').update(name).digest('hex').slice(0, 40)}`;
}
