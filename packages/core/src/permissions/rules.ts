import type { LabelClass } from './labels.js';
import type { Role } from './roles.js';

/**
 * What binds the user to the record. `treating`: proven treatment relation; `self`: the patient;
 * `batch`: the clerk's own scanning batch; `none`: nothing.
 */
export type Relation = 'treating' | 'none' | 'self' | 'batch';

/** `read`: everything. `lock`: a stub with category and reason. `hide`: as if absent, everywhere. */
export type Decision = 'read' | 'lock' | 'hide';

/** One cell, or several like cells, of the permission matrix. */
export interface PermissionRule {
  /** Stable: named in explanations and audit entries. */
  readonly id: string;
  /** The rule is theirs. */
  readonly roles: readonly Role[];
  /** Absent: any relation. */
  readonly relations?: readonly Relation[];
  /** Classes of labels it speaks of. */
  readonly classes: readonly LabelClass[];
  /** What it decides. */
  readonly decision: Decision;
  /** Decision while a live grant (borrow, claim, mandate) names the document. Default: `decision`. */
  readonly withGrant?: Decision;
}

/** Ends the matrix: what no rule allows does not exist for the user. */
export const DEFAULT_RULE_ID = 'default-hide';

/**
 * The matrix. The first rule that matches role, relation and label class decides.
 * ADM, SEC and AUD have no rule: administrators have no clinical reading.
 * @source 《医疗机构病历管理规定（2013年版）》 articles 15-16; 个人信息保护法 article 28
 */
export const permissionRules: readonly PermissionRule[] = [
  {
    id: 'treating-read',
    roles: ['DOC', 'HEAD', 'NUR'],
    relations: ['treating'],
    classes: ['normal', 'restricted', 'sensitive', 'psychiatric'],
    decision: 'read',
  },
  {
    id: 'treating-guarded',
    roles: ['DOC', 'HEAD', 'NUR'],
    relations: ['treating'],
    classes: ['guarded'],
    decision: 'lock',
    withGrant: 'read',
  },
  {
    id: 'treating-sealed',
    roles: ['DOC', 'HEAD', 'NUR'],
    relations: ['treating'],
    classes: ['sealed'],
    decision: 'lock',
  },
  { id: 'staff-borrow', roles: ['DOC', 'HEAD', 'NUR'], classes: ['normal'], decision: 'lock', withGrant: 'read' },
  {
    id: 'record-room-read',
    roles: ['REC', 'COD'],
    classes: ['normal', 'restricted', 'sensitive', 'psychiatric'],
    decision: 'read',
  },
  { id: 'record-room-two-person', roles: ['REC', 'COD'], classes: ['guarded'], decision: 'lock', withGrant: 'read' },
  { id: 'record-room-sealed', roles: ['REC', 'COD'], classes: ['sealed'], decision: 'lock' },
  { id: 'quality-read', roles: ['QC1', 'QC2', 'MED'], classes: ['normal', 'restricted'], decision: 'read' },
  {
    id: 'quality-reason',
    roles: ['QC1', 'QC2', 'MED'],
    classes: ['sensitive', 'psychiatric', 'guarded'],
    decision: 'lock',
    withGrant: 'read',
  },
  { id: 'medical-affairs-sealed', roles: ['MED'], classes: ['sealed'], decision: 'read' },
  {
    id: 'insurance-granted',
    roles: ['INS', 'PAY'],
    classes: ['normal', 'restricted'],
    decision: 'hide',
    withGrant: 'read',
  },
  {
    id: 'patient-read',
    roles: ['PAT'],
    relations: ['self'],
    classes: ['normal', 'restricted', 'sensitive', 'guarded'],
    decision: 'read',
  },
  {
    id: 'patient-psychiatric',
    roles: ['PAT'],
    relations: ['self'],
    classes: ['psychiatric'],
    decision: 'lock',
    withGrant: 'read',
  },
  { id: 'patient-sealed', roles: ['PAT'], relations: ['self'], classes: ['sealed'], decision: 'lock' },
  { id: 'agent-mandate', roles: ['AGT'], classes: ['normal', 'restricted'], decision: 'hide', withGrant: 'read' },
  {
    id: 'scan-batch',
    roles: ['SCAN'],
    relations: ['batch'],
    classes: ['normal', 'restricted', 'sensitive', 'psychiatric', 'guarded'],
    decision: 'read',
  },
  {
    id: 'system-read',
    roles: ['SYS'],
    classes: ['normal', 'restricted', 'sensitive', 'psychiatric', 'guarded', 'sealed'],
    decision: 'read',
  },
];
