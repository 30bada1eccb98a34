import { badRequest } from '../fhir/refusal.js';
import type { ResourceType } from '../fhir/resource.js';
import type { Condition } from '../store/condition.js';
import { compileParameter, type CompileContext, type Tier } from './compile-parameter.js';
import { applyResultParameter, defaultOptions, type ResultOptions } from './result-parameters.js';

export interface SearchRequest {
  readonly type: ResourceType;
  readonly parameters: readonly (readonly [name: string, value: string])[];
  /** `Prefer: handling=strict`: refuse what is unknown instead of leaving it out. */
  readonly strict: boolean;
  readonly maxCount: number;
  readonly baseUrl: string;
  readonly now: Date;
}

/** What the user may read or know of a type, as index filters. */
export interface VisibleFilters {
  filter(type: ResourceType, tier: Tier): Promise<Condition>;
}

export interface CompiledSearch {
  readonly type: ResourceType;
  /** Rows the user may read that match, then locked rows that match by open parameters alone. */
  readonly tiers: readonly { readonly tier: Tier; readonly where: Condition }[];
  readonly options: ResultOptions;
  /** The parameters that took effect, for `link[self]`; without the cursor. */
  readonly used: readonly (readonly [name: string, value: string])[];
}

const MAX_PARAMETERS = 100;
/** Values and words of all filters together: a store answers that many in one statement. */
const MAX_ALTERNATIVES = 500;
/** About the form of the answer only; no link needs them. */
const formParameters = new Set(['_format', '_pretty']);
const resultParameters = new Set([
  '_count',
  '_sort',
  '_total',
  '_summary',
  '_include',
  '_revinclude',
  '_elements',
  '_cursor',
]);

/** Compiles a query. Throws 400 for wrong values, and under strict handling for anything unknown. */
export async function compileSearch(request: SearchRequest, visible: VisibleFilters): Promise<CompiledSearch> {
  const { type, parameters, strict } = request;
  if (parameters.length > MAX_PARAMETERS) throw badRequest('There are too many search parameters.');
  const alternatives = parameters.reduce((sum, [, value]) => sum + value.split(/[,\s]/).length, 0);
  if (alternatives > MAX_ALTERNATIVES) throw badRequest('The search asks for too many alternatives.');
  let options = defaultOptions(type);
  const used: [string, string][] = [];
  const conditions: Record<Tier, Condition[]> = { read: [], lock: [] };
  for (const [name, value] of parameters) {
    if (formParameters.has(name)) continue;
    if (resultParameters.has(name)) {
      const next = applyResultParameter(type, options, { name, value, maxCount: request.maxCount });
      if (!next) refuse(name, strict);
      else {
        options = next;
        if (name !== '_cursor') used.push([name, value]);
      }
      continue;
    }
    const read = value === '' ? undefined : await compileFor('read', name, value, request, visible);
    const lock = value === '' ? undefined : await compileFor('lock', name, value, request, visible);
    if (!read || !lock) {
      refuse(name, strict);
      continue;
    }
    conditions.read.push(read);
    conditions.lock.push(lock);
    used.push([name, value]);
  }
  const tiers = await Promise.all(
    (['read', 'lock'] as const).map(async (tier) => {
      const where: Condition = { kind: 'all', of: [...conditions[tier], await visible.filter(type, tier)] };
      return { tier, where };
    }),
  );
  return { type, tiers, options, used };
}

function refuse(name: string, strict: boolean): void {
  // The name is the client's own and may hold anything: keep to the form of a parameter name.
  const safe = /^[\w:.\-]{1,64}$/.test(name) ? [name] : [];
  if (strict) throw badRequest('A search parameter is unknown, empty or not supported here.', safe);
}

function compileFor(
  tier: Tier,
  name: string,
  value: string,
  request: SearchRequest,
  visible: VisibleFilters,
): Promise<Condition | undefined> {
  const context: CompileContext = {
    baseUrl: request.baseUrl,
    now: request.now,
    tier,
    visible: async (type) => ({
      kind: 'any',
      of: [await visible.filter(type, 'read'), await visible.filter(type, 'lock')],
    }),
  };
  return compileParameter(request.type, name, value, context);
}
