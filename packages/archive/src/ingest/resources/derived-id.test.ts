import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ID_PATTERN } from '../../fhir/resource.js';
import { sampleRecord } from '../../testing/sample-record.js';
import { indexCardId } from './index-card.js';
import { references } from './people.js';

describe('ids that ingest derives', () => {
  it('stay readable where the name fits', () => {
    assert.equal(references.department(sampleRecord()), 'Organization/dept-cardiology');
    assert.equal(references.encounter(sampleRecord()), 'Encounter/enc-stay-1');
  });

  it('differ for names that differ, however long or Chinese they are', () => {
    const { stay } = sampleRecord();
    const long = ['1', '2'].map((end) => sampleRecord({ recordId: 'r'.repeat(63) + end }));
    const chinese = ['心内科', '神外科'].map((code) =>
      sampleRecord({ stay: { ...stay, department: { code, display: code } } }),
    );
    for (const ids of [long.map(references.encounter), long.map(indexCardId), chinese.map(references.department)]) {
      assert.equal(new Set(ids).size, 2);
      for (const id of ids) assert.match(id.split('/').at(-1) ?? '', ID_PATTERN);
    }
  });
});
