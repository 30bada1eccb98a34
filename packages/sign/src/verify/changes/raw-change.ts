import type { FieldSelection } from '../../pdf/read/index.js';
import type { ChangeKind } from '../check-ids.js';
import type { LocalizedText, SignedChange } from '../report.js';
import { say } from '../texts.js';

/** What a signature must permit for a change to be in bounds. */
export type Needs =
  | { readonly rule: 'always' }
  | { readonly rule: 'suspicious' }
  | { readonly rule: 'never' }
  /** A further signature, P of 2 or 3. */
  | { readonly rule: 'signature'; readonly field: string }
  /** A field's value, P of 2 or 3 and the field not locked. `replaced`: it held something before. */
  | { readonly rule: 'fill'; readonly field: string; readonly replaced: boolean }
  /** Only under P of 3, and never when it hides text; `covers`: it lies over something. */
  | { readonly rule: 'annotation'; readonly covers: boolean; readonly hides?: boolean }
  /** A signature over signed content: a seal may lie over its name, but in a certified document it is a forgery. */
  | { readonly rule: 'cover' };

/** A difference between two neighbouring revisions, not yet judged. */
export interface RawChange {
  readonly kind: ChangeKind;
  readonly path: string;
  /** The later revision of the two. */
  readonly revision: number;
  readonly needs: Needs;
  readonly reason: LocalizedText;
  readonly objectNumber?: number;
  readonly pageNumber?: number;
}

/** What one signature permits after itself. @source ISO 32000-2 12.8.2.2, 12.8.2.4, table 236 */
export interface Permissions {
  readonly level: 1 | 2 | 3;
  /** Somebody stated the level: then signed values of fields may be replaced, too. */
  readonly certified: boolean;
  /** This signature or an earlier one laid the level down. */
  readonly restricted: boolean;
  readonly locks: readonly FieldSelection[];
}

const isLocked = (field: string, locks: readonly FieldSelection[]): boolean =>
  locks.some(({ action, fields }) => {
    const named = fields.some((name) => name === field || field.startsWith(`${name}.`));
    return action === 'All' || (action === 'Include' ? named : !named);
  });

/** Judges the changes that came after one signature, in the order of their making. */
export function judgeChanges(raw: readonly RawChange[], permissions: Permissions): SignedChange[] {
  const filled = new Set<string>();
  return raw.map(({ needs, ...change }) => {
    const verdict = judge(needs, permissions, filled);
    return { ...change, result: verdict.result, reason: verdict.reason ?? change.reason };
  });
}

function judge(
  needs: Needs,
  { level, certified, restricted, locks }: Permissions,
  filled: Set<string>,
): { result: SignedChange['result']; reason?: LocalizedText } {
  const byLevel = { result: 'forbidden', reason: say('change-level') } as const;
  switch (needs.rule) {
    case 'always':
      return { result: 'allowed' };
    case 'suspicious':
      return { result: 'suspicious' };
    case 'never':
      return { result: 'forbidden' };
    case 'signature':
      if (level === 1) return byLevel;
      return isLocked(needs.field, locks)
        ? { result: 'forbidden', reason: say('change-locked', needs.field) }
        : { result: 'allowed' };
    case 'fill': {
      if (level === 1) return byLevel;
      if (isLocked(needs.field, locks)) return { result: 'forbidden', reason: say('change-locked', needs.field) };
      const again = filled.has(needs.field);
      filled.add(needs.field);
      if (!needs.replaced || certified || again) return { result: 'allowed' };
      return { result: 'suspicious', reason: say('change-form-replaced', needs.field) };
    }
    case 'annotation':
      if (level < 3) return byLevel;
      if (needs.hides) return { result: 'forbidden', reason: say('change-covers') };
      return needs.covers ? { result: 'suspicious', reason: say('change-covers') } : { result: 'allowed' };
    case 'cover':
      return { result: restricted ? 'forbidden' : 'suspicious' };
  }
}
