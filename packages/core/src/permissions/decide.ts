import type { LockReason } from '../model/document.js';
import type { RecordStatus } from '../model/record.js';
import { classOfLabel, type LabelClass } from './labels.js';
import { DEFAULT_RULE_ID, permissionRules, type Decision, type PermissionRule, type Relation } from './rules.js';

/** What a decision depends on. */
export interface DecisionInput {
  /** From the token; unknown roles are ignored. */
  readonly roles: readonly string[];
  /** What binds the user to the record; see `relationOf`. */
  readonly relation: Relation;
  /** Labels of the document; none means `N`. */
  readonly labels: readonly string[];
  /** A sealed record adds its own class to the labels. */
  readonly recordStatus: RecordStatus;
  /** A live grant names this document. Default false. */
  readonly granted?: boolean;
}

/** What the user may do, and the id of the rule that says so. */
export type DecisionResult =
  | { readonly decision: 'read' | 'hide'; readonly ruleId: string }
  | { readonly decision: 'lock'; readonly ruleId: string; readonly reason: LockReason };

const hidden: DecisionResult = { decision: 'hide', ruleId: DEFAULT_RULE_ID };
const strictness: Readonly<Record<Decision, number>> = { read: 0, lock: 1, hide: 2 };

/**
 * May this user read this document? The strictest label decides for one role; the most generous role decides for the user.
 * Pure: the archive enforces with it, the client explains with it. `rules` defaults to the product's matrix.
 */
export function decide(input: DecisionInput, rules: readonly PermissionRule[] = permissionRules): DecisionResult {
  const classes = classesOf(input);
  let best = hidden;
  for (const role of input.roles) {
    const result = decideForRole(role, classes, input, rules);
    if (strictness[result.decision] < strictness[best.decision]) best = result;
    else if (best.ruleId === DEFAULT_RULE_ID) best = result;
  }
  return best;
}

function classesOf({ labels, recordStatus }: DecisionInput): readonly LabelClass[] {
  const classes = labels.length > 0 ? labels.map(classOfLabel) : (['normal'] as LabelClass[]);
  return recordStatus === 'sealed' ? [...classes, 'sealed'] : classes;
}

function decideForRole(
  role: string,
  classes: readonly LabelClass[],
  input: DecisionInput,
  rules: readonly PermissionRule[],
): DecisionResult {
  let strictest: DecisionResult | undefined;
  for (const labelClass of classes) {
    const rule = rules.find((candidate) => matches(candidate, role, input.relation, labelClass));
    const result = rule ? apply(rule, labelClass, input.granted ?? false) : hidden;
    if (!strictest || strictness[result.decision] > strictness[strictest.decision]) strictest = result;
  }
  return strictest ?? hidden;
}

function matches(rule: PermissionRule, role: string, relation: Relation, labelClass: LabelClass): boolean {
  if (!(rule.roles as readonly string[]).includes(role) || !rule.classes.includes(labelClass)) return false;
  return rule.relations === undefined || rule.relations.includes(relation);
}

function apply(rule: PermissionRule, labelClass: LabelClass, granted: boolean): DecisionResult {
  const decision = granted ? (rule.withGrant ?? rule.decision) : rule.decision;
  if (decision !== 'lock') return { decision, ruleId: rule.id };
  return { decision, ruleId: rule.id, reason: labelClass === 'sealed' ? 'sealed' : 'label' };
}
