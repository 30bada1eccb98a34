import { badRequest } from '../fhir/refusal.js';
import { isResourceType, keyText, type ResourceType } from '../fhir/resource.js';
import { parseReference } from '../fhir/references.js';
import type { Condition } from '../store/condition.js';
import { dateCondition } from './date-condition.js';
import { cut, fold, foldedWords } from './fold.js';
import { findParameter, indexName, type SearchParameter } from './parameters.js';
import { alternatives, parseToken, plainValue } from './query-values.js';
import { tokenTerm } from './token-terms.js';

/** `read`: rows the user may read. `lock`: rows known to exist; only open parameters may match them. */
export type Tier = 'read' | 'lock';

export interface CompileContext {
  readonly baseUrl: string;
  readonly now: Date;
  readonly tier: Tier;
  /** Keeps what the user may know of a type, so that a chain never tells about hidden resources. */
  visible(type: ResourceType): Promise<Condition>;
}

const NOTHING: Condition = { kind: 'any', of: [] };

export interface ParsedName {
  readonly name: string;
  readonly modifier?: string;
  /** `patient.name`: the part after the dot. */
  readonly chained?: string;
}

export function parseName(text: string): ParsedName {
  const dot = text.indexOf('.');
  const head = dot < 0 ? text : text.slice(0, dot);
  const [name = '', modifier] = head.split(':');
  return {
    name,
    ...(modifier !== undefined && { modifier }),
    ...(dot >= 0 && { chained: text.slice(dot + 1) }),
  };
}

function any(of: readonly Condition[]): Condition {
  const [only] = of;
  return of.length === 1 && only ? only : { kind: 'any', of };
}

function tokenCondition(index: string, modifier: string | undefined, value: string): Condition | undefined {
  const parts = alternatives(value);
  if (modifier === 'text') {
    return any(parts.map((part) => prefixOf(`${index}:text`, fold(plainValue(part)))));
  }
  const values = parts.map((part) => tokenTerm(parseToken(part)));
  const condition: Condition = { kind: 'term', param: index, values };
  if (modifier === 'not') return { kind: 'not', of: condition };
  return modifier === undefined ? condition : undefined;
}

function prefixOf(param: string, value: string): Condition {
  return value === '' ? NOTHING : { kind: 'prefix', param, value: cut(value) };
}

function textCondition(index: string, modifier: string | undefined, value: string): Condition | undefined {
  const parts = alternatives(value).map(plainValue);
  if (modifier === 'exact') return { kind: 'term', param: `${index}:exact`, values: parts.map(cut) };
  if (modifier !== undefined && modifier !== 'contains') return undefined;
  return any(parts.map((part) => prefixOf(index, fold(part))));
}

/** What points at a document is found by it only when the document may be known: a guessed id must not be confirmed. */
async function pointingAt(index: string, values: readonly string[], context: CompileContext): Promise<Condition> {
  const prefix = 'DocumentReference/';
  const documents = values.filter((value) => value.startsWith(prefix));
  const others: Condition = { kind: 'term', param: index, values: values.filter((value) => !value.startsWith(prefix)) };
  // Auditors see no records, and every event.
  if (documents.length === 0 || index.startsWith('AuditEvent.')) return { ...others, values };
  const ids = documents.map((value) => value.slice(prefix.length));
  const where: Condition = { kind: 'all', of: [{ kind: 'id', ids }, await context.visible('DocumentReference')] };
  const chain: Condition = { kind: 'chain', param: index, target: 'DocumentReference', where };
  return documents.length === values.length ? chain : any([chain, others]);
}

async function referenceCondition(
  index: string,
  parameter: SearchParameter,
  query: { readonly modifier: string | undefined; readonly value: string; readonly context: CompileContext },
): Promise<Condition | undefined> {
  const { modifier, value, context } = query;
  const { baseUrl } = context;
  const parts = alternatives(value);
  if (modifier === 'identifier') {
    const values = parts.map((part) => tokenTerm(parseToken(part)));
    return { kind: 'term', param: `${index}:identifier`, values };
  }
  if (modifier !== undefined && !isResourceType(modifier)) return undefined;
  const types = modifier === undefined ? (parameter.targets ?? []) : [modifier];
  const values = parts.map(plainValue).flatMap((part) => {
    const key = parseReference(part, baseUrl);
    if (key) return [keyText(key)];
    return part.includes('/') || part.includes(':') ? [cut(part)] : types.map((type) => `${type}/${part}`);
  });
  return pointingAt(index, values, context);
}

function dateConditions(index: string, modifier: string | undefined, value: string, now: Date): Condition | undefined {
  if (modifier !== undefined) return undefined;
  const parts = alternatives(value).map((part) => dateCondition(index, plainValue(part), now));
  if (!parts.every((part) => part !== undefined)) throw badRequest('A date parameter has no valid date.');
  return any(parts);
}

/** Words must all match; a locked row is matched by who it is about, never by what it says. */
function contentCondition(index: string, tier: Tier, value: string): Condition {
  const param = tier === 'read' ? index : `${index}:identity`;
  const words = foldedWords(plainValue(value));
  return words.length === 0 ? NOTHING : { kind: 'all', of: words.map((word) => prefixOf(param, word)) };
}

async function chainCondition(
  index: string,
  parameter: SearchParameter,
  parsed: ParsedName,
  value: string,
  context: CompileContext,
): Promise<Condition | undefined> {
  const { modifier, chained = '' } = parsed;
  const targets = (parameter.targets ?? []).filter((target) => modifier === undefined || target === modifier);
  const parts: Condition[] = [];
  for (const target of targets) {
    if (chained.includes('.') || !findParameter(target, parseName(chained).name)) continue;
    const inner = await compileParameter(target, chained, value, context);
    if (!inner) continue;
    const where: Condition = { kind: 'all', of: [inner, await context.visible(target)] };
    parts.push({ kind: 'chain', param: index, target, where });
  }
  return parts.length === 0 ? undefined : any(parts);
}

/**
 * The filter of one parameter; undefined when the archive does not know the parameter for the type.
 * Throws 400 for modifiers and values that are wrong.
 */
export async function compileParameter(
  type: ResourceType,
  text: string,
  value: string,
  context: CompileContext,
): Promise<Condition | undefined> {
  const parsed = parseName(text);
  const { name, modifier, chained } = parsed;
  if (name === '_id' && modifier === undefined && chained === undefined) {
    return { kind: 'id', ids: alternatives(value).map(plainValue) };
  }
  const parameter = findParameter(type, name);
  if (!parameter) return undefined;
  const index = indexName(type, name);
  if (chained !== undefined) {
    if (parameter.type !== 'reference') return undefined;
    const chain = await chainCondition(index, parameter, parsed, value, context);
    return chain && guarded(parameter, context, chain);
  }
  const condition = await plainCondition(index, parameter, { modifier, value, context });
  if (!condition) throw badRequest('A search modifier is not supported.', [name]);
  return guarded(parameter, context, condition);
}

function plainCondition(
  index: string,
  parameter: SearchParameter,
  query: { readonly modifier: string | undefined; readonly value: string; readonly context: CompileContext },
): Promise<Condition | undefined> | Condition | undefined {
  const { modifier, value, context } = query;
  switch (parameter.type) {
    case 'token':
      return tokenCondition(index, modifier, value);
    case 'string':
    case 'name':
      return textCondition(index, modifier, value);
    case 'reference':
      return referenceCondition(index, parameter, query);
    case 'date':
      return dateConditions(index, modifier, value, context.now);
    case 'content':
      return modifier === undefined ? contentCondition(index, context.tier, value) : undefined;
  }
}

function guarded(parameter: SearchParameter, context: CompileContext, condition: Condition): Condition {
  return context.tier === 'read' || parameter.open === true || parameter.type === 'content' ? condition : NOTHING;
}
