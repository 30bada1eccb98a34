import { oids } from '../der/index.js';
import type { Certificate } from './certificate.js';

/**
 * Whether some policy runs through the whole path, where a certificate of it demands that (requireExplicitPolicy). Any policy
 * will do for the one who asks, so the tree of RFC 5280 shrinks to the set of policies that are still alive; undefined stands for
 * all of them. @source RFC 5280 6.1.3 (d)-(f), 6.1.4 (a)-(j), 6.1.5
 */
export function policiesHold(path: readonly Certificate[]): boolean {
  const below = path.slice(0, -1).reverse();
  let explicit = below.length + 1;
  let mapping = below.length + 1;
  let any = below.length + 1;
  let alive: ReadonlySet<string> | undefined;
  for (const [index, certificate] of below.entries()) {
    const { policies, policyMappings, selfIssued } = certificate;
    const last = index === below.length - 1;
    const anyCounts = policies.includes(oids.anyPolicy) && (any > 0 || (selfIssued && !last));
    if (!anyCounts) {
      const before: ReadonlySet<string> | undefined = alive;
      alive = new Set(policies.filter((policy) => policy !== oids.anyPolicy && (before?.has(policy) ?? true)));
    }
    if (explicit === 0 && alive?.size === 0) return false;
    if (policyMappings.some((pair) => pair.includes(oids.anyPolicy))) return false;
    alive = alive && mapped(alive, policyMappings, mapping > 0);
    if (!selfIssued || last) {
      explicit = Math.max(0, explicit - 1);
      mapping = Math.max(0, mapping - 1);
      any = Math.max(0, any - 1);
    }
    explicit = Math.min(explicit, certificate.requireExplicitPolicy ?? explicit);
    mapping = Math.min(mapping, certificate.inhibitPolicyMapping ?? mapping);
    any = Math.min(any, certificate.inhibitAnyPolicy ?? any);
  }
  return explicit > 0 || alive === undefined || alive.size > 0;
}

/** Policies of the issuer become those of the subject, or die where mapping is inhibited. */
function mapped(
  alive: ReadonlySet<string>,
  mappings: readonly (readonly [string, string])[],
  allowed: boolean,
): ReadonlySet<string> {
  const from = new Set(mappings.map(([policy]) => policy));
  const kept = [...alive].filter((policy) => !from.has(policy));
  return new Set([...kept, ...mappings.filter(([policy]) => allowed && alive.has(policy)).map(([, policy]) => policy)]);
}
