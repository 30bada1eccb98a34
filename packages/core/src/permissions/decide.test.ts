import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decide } from './decide.js';
import { classOfLabel } from './labels.js';
import { relationOf } from './relation.js';
import { isRole, roles } from './roles.js';
import { permissionRules, type Relation } from './rules.js';

const columns = ['N', 'R', 'HIV', 'STD', 'PSY', 'V', 'CEL', 'EMP', 'sealed'] as const;

/** The whole matrix by hand, one letter a column: r read, l lock, h hide. Second word: with a live grant. */
const matrix: readonly [roles: string, relation: Relation, plain: string, granted: string][] = [
  ['DOC HEAD NUR', 'treating', 'rrrrrllll', 'rrrrrrrrl'],
  ['DOC HEAD NUR', 'none', 'lhhhhhhhh', 'rhhhhhhhh'],
  ['REC COD', 'none', 'rrrrrllll', 'rrrrrrrrl'],
  ['QC1 QC2', 'none', 'rrllllllh', 'rrrrrrrrh'],
  ['MED', 'none', 'rrllllllr', 'rrrrrrrrr'],
  ['INS PAY', 'none', 'hhhhhhhhh', 'rrhhhhhhh'],
  ['PAT', 'self', 'rrrrlrrrl', 'rrrrrrrrl'],
  ['PAT', 'none', 'hhhhhhhhh', 'hhhhhhhhh'],
  ['AGT', 'none', 'hhhhhhhhh', 'rrhhhhhhh'],
  ['SCAN', 'batch', 'rrrrrrrrh', 'rrrrrrrrh'],
  ['SCAN', 'none', 'hhhhhhhhh', 'hhhhhhhhh'],
  ['ADM SEC AUD WIN', 'treating', 'hhhhhhhhh', 'hhhhhhhhh'],
  ['ADM SEC AUD WIN', 'none', 'hhhhhhhhh', 'hhhhhhhhh'],
  ['SYS', 'none', 'rrrrrrrrr', 'rrrrrrrrr'],
];

const words = { r: 'read', l: 'lock', h: 'hide' } as const;

test('every cell of the matrix decides as the policy says', () => {
  for (const [names, relation, plain, granted] of matrix) {
    for (const role of names.split(' ')) {
      columns.forEach((column, index) => {
        const input = {
          roles: [role],
          relation,
          labels: column === 'sealed' ? ['N'] : [column],
          recordStatus: column === 'sealed' ? ('sealed' as const) : ('archived' as const),
        };
        const cell = `${role} ${relation} ${column}`;
        assert.equal(decide(input).decision, words[plain[index] as keyof typeof words], cell);
        assert.equal(
          decide({ ...input, granted: true }).decision,
          words[granted[index] as keyof typeof words],
          `${cell} granted`,
        );
      });
    }
  }
});

test('a lock names its rule and its reason', () => {
  const base = { roles: ['DOC'], relation: 'treating', recordStatus: 'archived' } as const;
  assert.deepEqual(decide({ ...base, labels: ['N', 'CEL'] }), {
    decision: 'lock',
    ruleId: 'treating-guarded',
    reason: 'label',
  });
  assert.deepEqual(decide({ ...base, labels: ['N'], recordStatus: 'sealed' }), {
    decision: 'lock',
    ruleId: 'treating-sealed',
    reason: 'sealed',
  });
});

test('the strictest label wins, the most generous role wins, a label nobody knows is guarded', () => {
  const base = { relation: 'none', recordStatus: 'archived' } as const;
  assert.equal(decide({ ...base, roles: ['DOC'], labels: ['N', 'HIV'] }).decision, 'hide');
  assert.equal(decide({ ...base, roles: ['DOC', 'REC'], labels: ['N', 'HIV'] }).decision, 'read');
  assert.equal(decide({ ...base, roles: ['REC'], labels: ['SOMETHING-NEW'] }).decision, 'lock');
  assert.equal(decide({ ...base, roles: ['REC'], labels: [] }).decision, 'read');
  assert.equal(classOfLabel('toString'), 'guarded');
});

test('an unknown role, or none, sees nothing', () => {
  const base = { relation: 'treating', labels: ['N'], recordStatus: 'archived' } as const;
  assert.equal(decide({ ...base, roles: [] }).decision, 'hide');
  assert.equal(decide({ ...base, roles: ['constructor', 'doc'] }).decision, 'hide');
  assert.equal(isRole('doc'), false);
});

test('one more label never opens a document, one more role never closes it', () => {
  const rank = { read: 0, lock: 1, hide: 2 };
  const label = fc.constantFrom(...columns.slice(0, -1), 'X-NEW');
  const input = fc.record({
    roles: fc.array(fc.constantFrom<string>(...roles), { maxLength: 3 }),
    relation: fc.constantFrom<Relation>('treating', 'none', 'self', 'batch'),
    labels: fc.array(label, { minLength: 1, maxLength: 4 }),
    recordStatus: fc.constantFrom('working' as const, 'archived' as const, 'sealed' as const),
    granted: fc.boolean(),
  });
  fc.assert(
    fc.property(input, label, fc.constantFrom<string>(...roles), (given, extraLabel, extraRole) => {
      const before = rank[decide(given).decision];
      assert.ok(rank[decide({ ...given, labels: [...given.labels, extraLabel] }).decision] >= before);
      assert.ok(rank[decide({ ...given, roles: [...given.roles, extraRole] }).decision] <= before);
    }),
  );
});

test('rule ids are unique', () => {
  assert.equal(new Set(permissionRules.map((rule) => rule.id)).size, permissionRules.length);
});

test('relation: own people and department staff treat, the patient is self', () => {
  const record = { patientId: 'p1', departments: ['card'], practitionerIds: ['dr-1'] };
  const user = { roles: ['DOC'], userId: 'dr-2', departments: ['neuro'] };
  assert.equal(relationOf(user, record), 'none');
  assert.equal(relationOf({ ...user, userId: 'dr-1' }, record), 'treating');
  assert.equal(relationOf({ ...user, departments: ['card'] }, record), 'treating');
  assert.equal(relationOf({ ...user, roles: ['ADM'], departments: ['card'] }, record), 'none');
  assert.equal(relationOf({ roles: ['PAT'], userId: 'p1', departments: [], patientId: 'p1' }, record), 'self');
  assert.equal(relationOf({ roles: ['PAT'], userId: 'p2', departments: [], patientId: 'p2' }, record), 'none');
});
