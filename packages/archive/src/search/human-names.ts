import { isObject, stringsAt, stringAt } from '../fhir/json.js';

/** The texts a HumanName, or a plain string, can be found by. */
export function nameTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!isObject(value)) return [];
  const family = stringAt(value, 'family') ?? '';
  const given = stringsAt(value, 'given').join('');
  const whole = [...stringsAt(value, 'text')];
  if (family + given !== '') whole.push(family + given);
  return whole;
}
