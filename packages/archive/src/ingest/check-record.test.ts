import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sampleRecord } from '../testing/sample-record.js';
import { checkRecord } from './check-record.js';

const problemsOf = (value: unknown): readonly string[] => {
  const checked = checkRecord(JSON.stringify(value));
  return checked.status === 'ok' ? [] : checked.problems;
};

describe('checkRecord', () => {
  it('admits a record that keeps the format', () => {
    const checked = checkRecord(JSON.stringify(sampleRecord()));
    assert.ok(checked.status === 'ok');
    assert.equal(checked.record.recordId, 'stay-1');
  });

  it('names the place and the rule, never the value', () => {
    const record = sampleRecord();
    const secret = 'LIN Yichen 9911';
    const broken: readonly [unknown, RegExp][] = [
      [{ ...record, recordId: `../${secret}` }, /^recordId must be an id/],
      [{ ...record, status: secret }, /^status must be one of working, archived, sealed/],
      [{ ...record, patient: { ...record.patient, birthDate: '1961-02-30x' } }, /^patient\.birthDate must be a date/],
      [
        { ...record, stay: { ...record.stay, admittedOn: '2026-03-02' } },
        /^stay\.admittedOn must be a time with offset/,
      ],
      [
        { ...record, documents: [{ ...record.documents[0], file: '../../etc/passwd' }] },
        /^documents\[0\]\.file must be a file name/,
      ],
      [
        { ...record, documents: [record.documents[0], record.documents[0]] },
        /^documents\[1\]\.documentId occurs twice/,
      ],
      [{ ...record, patient: { ...record.patient, name: 'x'.repeat(20_001) } }, /^patient\.name must be text/],
      [{ ...record, patient: { ...record.patient, pinyin: 5 } }, /^patient\.pinyin must be text/],
      [{ ...record, documents: [{ ...record.documents[0], signed: 'yes' }] }, /^documents\[0\]\.signed must be true/],
    ];
    for (const [value, rule] of broken) {
      const problems = problemsOf(value);
      assert.equal(problems.length, 1, String(rule));
      assert.match(problems[0] ?? '', rule);
      assert.ok(!problems.join(' ').includes(secret));
    }
  });

  it('survives any JSON', () => {
    fc.assert(fc.property(fc.json(), (json) => checkRecord(json).status === 'invalid'));
    fc.assert(fc.property(fc.string(), (text) => checkRecord(text).status === 'invalid'));
  });
});
