import { valuesAt } from '../fhir/json.js';
import { parseReference, referenceText } from '../fhir/references.js';
import { keyText, type ResourceKey } from '../fhir/resource.js';
import { Visibility } from '../policy/visibility.js';
import { findParameter, indexName } from '../search/parameters.js';
import type { Include, ResultOptions } from '../search/result-parameters.js';
import type { SearchMatch } from '../search/run-search.js';
import type { Condition } from '../store/condition.js';
import type { StoredVersion } from '../store/store.js';
import type { Call } from './call.js';

/** Included resources of one page at most. */
const MAX_INCLUDED = 1000;

function targetsOf(version: StoredVersion, include: Include): ResourceKey[] {
  const parameter = findParameter(include.source, include.parameter);
  const values = (parameter?.paths ?? []).flatMap((path) => valuesAt(version.resource, path));
  return values.flatMap((value) => {
    const key = parseReference(referenceText(value) ?? '');
    const allowed = include.target === undefined ? parameter?.targets : [include.target];
    return key && allowed?.includes(key.type) ? [key] : [];
  });
}

async function reverse(call: Call, matches: readonly SearchMatch[], include: Include): Promise<StoredVersion[]> {
  const visibility = new Visibility(call.access, call.service.store);
  const parameter = findParameter(include.source, include.parameter);
  const values = matches
    .filter(({ version }) => parameter?.targets?.includes(version.type))
    .map(({ version }) => keyText(version));
  if (values.length === 0) return [];
  const points: Condition = { kind: 'term', param: indexName(include.source, include.parameter), values };
  // A locked source may be found only by what its stub shows.
  const tiers = parameter?.open === true ? (['read', 'lock'] as const) : (['read'] as const);
  const visible = await Promise.all(tiers.map((tier) => visibility.filter(include.source, tier)));
  const rows = await call.service.store.search(
    {
      type: include.source,
      where: { kind: 'all', of: [points, { kind: 'any', of: visible }] },
      sort: { by: 'last-updated', descending: true },
      limit: MAX_INCLUDED,
    },
    { signal: call.signal },
  );
  return rows.map((row) => row.version);
}

/**
 * What `_include` and `_revinclude` add to a page; never a hidden resource. A stub's own links are followed only where the
 * stub shows them: to its patient, and from the lists that hold it.
 */
export async function includedWith(
  call: Call,
  matches: readonly SearchMatch[],
  options: Pick<ResultOptions, 'includes' | 'revIncludes'>,
): Promise<readonly SearchMatch[]> {
  const seen = new Set(matches.map(({ version }) => keyText(version)));
  const wanted = new Map<string, ResourceKey>();
  for (const include of options.includes) {
    const open = findParameter(include.source, include.parameter)?.open === true;
    for (const { version } of matches) {
      if (!open && call.access.decide(version.access).decision !== 'read') continue;
      for (const key of targetsOf(version, include)) wanted.set(keyText(key), key);
    }
  }
  const forward = await call.service.store.readMany([...wanted.values()].slice(0, MAX_INCLUDED), {
    signal: call.signal,
  });
  const backward = await Promise.all(options.revIncludes.map((include) => reverse(call, matches, include)));
  const found: SearchMatch[] = [];
  for (const version of [...forward, ...backward.flat()]) {
    const text = keyText(version);
    if (seen.has(text) || call.access.decide(version.access).decision === 'hide') continue;
    seen.add(text);
    found.push({ version });
  }
  return found.slice(0, MAX_INCLUDED);
}
