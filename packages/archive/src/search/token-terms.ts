import { isObject, objectsAt, stringAt, stringsAt } from '../fhir/json.js';
import { MAX_TERM_LENGTH } from './fold.js';

/** Codes compare without case and are cut; the separator cannot be faked because it is a control character. */
export function tokenTerm(parts: { readonly system?: string; readonly code?: string }): string {
  const clean = (part: string): string => part.toLowerCase().slice(0, MAX_TERM_LENGTH).replace(/\p{C}/gu, '');
  const code = parts.code === undefined ? '' : clean(parts.code);
  if (parts.system === undefined) return `c\u001f${code}`;
  if (parts.code === undefined) return `s\u001f${clean(parts.system)}`;
  return `p\u001f${clean(parts.system)}\u001f${code}`;
}

export interface TokenValue {
  readonly system?: string;
  readonly code?: string;
  readonly texts: readonly string[];
}

/** Reads a code, Coding, CodeableConcept, Identifier or boolean. */
export function tokenValues(value: unknown): readonly TokenValue[] {
  if (typeof value === 'string') return [{ code: value, texts: [] }];
  if (typeof value === 'boolean') return [{ code: String(value), texts: [] }];
  if (!isObject(value)) return [];
  const text = stringsAt(value, 'text');
  const codings = objectsAt(value, 'coding');
  if (codings.length > 0 || text.length > 0) {
    return [...codings.flatMap((coding) => tokenValues(coding)), { texts: text }];
  }
  const system = stringAt(value, 'system');
  const code = stringAt(value, 'code') ?? stringAt(value, 'value');
  const texts = [...stringsAt(value, 'display'), ...stringsAt(value, 'type.text')];
  return [{ ...(system !== undefined && { system }), ...(code !== undefined && { code }), texts }];
}

/** Index terms of a token: by code, by system and code, by system alone. */
export function tokenTerms(value: TokenValue): readonly string[] {
  const { system, code } = value;
  if (code === undefined) return [];
  const both = tokenTerm({ system: system ?? '', code });
  return system === undefined ? [tokenTerm({ code }), both] : [tokenTerm({ code }), both, tokenTerm({ system })];
}
