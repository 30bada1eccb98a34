import { isArray, isDict, isName, isString, type PdfDict, type PdfObject } from '../pdf/objects.js';
import type { Changes } from './changes.js';
import { textOf } from '../pdf/read/text-string.js';
import { forbidden } from './permissions.js';

/** What a signature would be, in the words of a seed value. */
export interface SeedFacts {
  readonly filter: string;
  readonly subFilter: string;
  /** For example `SHA256`. */
  readonly digestMethod: string;
  readonly reason: string | undefined;
  /** DocMDP permissions; 0 for a signature that does not certify. */
  readonly permissions: number;
}

/** Bits of /Ff that bind: entry, and the rule. @source ISO 32000-2 12.7.5.5 table 237 */
const FILTER = 1;
const SUB_FILTER = 2;
const REASONS = 8;
const DIGEST_METHOD = 64;
const UNDERSTOOD = FILTER | SUB_FILTER | REASONS | DIGEST_METHOD | 4;

/** Obeys the binding part of a field's /SV. Errors: `signature-forbidden`, with the constraint's name. */
export async function checkSeedValue(changes: Changes, field: PdfDict, facts: SeedFacts): Promise<void> {
  const seed = await changes.get(field.entries.get('SV'));
  if (!isDict(seed)) return;
  const entry = (key: string): Promise<PdfObject> => changes.get(seed.entries.get(key));
  const flags = await entry('Ff');
  const bits = typeof flags === 'number' ? flags : 0;
  const binds = (bit: number, ok: boolean, name: string): void => {
    if ((bits & bit) !== 0 && !ok) throw forbidden(`seed-value-${name}`);
  };
  const names = async (key: string): Promise<readonly string[] | undefined> => {
    const values = await entry(key);
    return isArray(values)
      ? values.flatMap((value) => (isName(value) ? [value.value] : isString(value) ? [textOf(value)] : []))
      : undefined;
  };
  const allows = async (key: string, value: string): Promise<boolean> => (await names(key))?.includes(value) ?? true;
  binds(FILTER, ((filter) => !isName(filter) || isName(filter, facts.filter))(await entry('Filter')), 'filter');
  binds(SUB_FILTER, await allows('SubFilter', facts.subFilter), 'sub-filter');
  binds(DIGEST_METHOD, await allows('DigestMethod', facts.digestMethod), 'digest-method');
  const reasons = await names('Reasons');
  const silent = !reasons?.length || reasons.join() === '.';
  binds(REASONS, silent ? facts.reason === undefined : reasons.includes(facts.reason ?? ''), 'reasons');
  const mdp = await entry('MDP');
  const permissions = isDict(mdp) ? mdp.entries.get('P') : undefined;
  if (typeof permissions === 'number' && permissions !== facts.permissions) throw forbidden('seed-value-mdp');
  const certificate = await entry('Cert');
  const strict = isDict(certificate) ? certificate.entries.get('Ff') : 0;
  if ((bits & ~UNDERSTOOD) !== 0 || (typeof strict === 'number' && strict !== 0))
    throw forbidden('seed-value-unsupported');
}
