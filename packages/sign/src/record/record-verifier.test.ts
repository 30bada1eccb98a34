import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Scope, type ArchiveClient, type DocumentEntry, type DocumentVerdict } from '@anjuan/core';
import type { ValidationReport } from '../verify/report.js';
import { watchSignatures } from './record-verifier.js';

class Viewer extends EventTarget {
  verdicts: readonly DocumentVerdict[] = [];
  open(recordId: string): void {
    this.dispatchEvent(new CustomEvent('anjuan-record-opened', { detail: { recordId } }));
  }
}

const entry = (documentId: string, more: object = {}): DocumentEntry =>
  ({ documentId, versionId: '1', signed: true, state: 'ready', mime: 'application/pdf', ...more }) as DocumentEntry;

const report = (indication: ValidationReport['indication'], signatures = 1): ValidationReport =>
  ({ indication, sha256: 'aa', signatures: Array.from({ length: signatures }, () => ({ test: false })) }) as never;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const settled = async (): Promise<void> => {
  for (let count = 0; count < 20; count += 1) await turn();
};

function house(documents: Readonly<Record<string, readonly DocumentEntry[]>>, check: 'shown' | 'all' = 'all') {
  const viewer = new Viewer();
  const scope = new Scope();
  const asked: string[] = [];
  const answers = new Map<string, ValidationReport | Error>();
  const client = {
    records: { open: (recordId: string) => Promise.resolve({ documents: documents[recordId] ?? [] }) },
    documents: { bytes: ({ documentId }: DocumentEntry) => Promise.resolve(new Blob([documentId])) },
  } as unknown as ArchiveClient;
  const errors: string[] = [];
  const verifier = watchSignatures({
    viewer,
    client: () => client,
    scope,
    check,
    verify: async (file) => {
      const documentId = await file.text();
      asked.push(documentId);
      const answer = answers.get(documentId) ?? report('TOTAL_PASSED');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    onError: (documentId, { code }) => errors.push(`${documentId} ${code}`),
  });
  return { viewer, scope, asked, answers, verifier, errors };
}

describe('checking the signatures of an open record', () => {
  it('checks what is said to be signed, the document being read first, and gives the viewer verdicts', async () => {
    const { viewer, asked, answers } = house({
      r1: [entry('a'), entry('plain', { signed: false }), entry('locked', { state: 'locked' }), entry('b'), entry('c')],
    });
    answers.set('b', report('TOTAL_FAILED'));
    viewer.open('r1');
    viewer.dispatchEvent(new CustomEvent('anjuan-document-shown', { detail: { documentId: 'b' } }));
    await settled();
    assert.deepEqual(asked, ['b', 'a', 'c']);
    assert.deepEqual(
      viewer.verdicts.map(({ documentId, indication }) => `${documentId} ${indication}`),
      ['b TOTAL_FAILED', 'a TOTAL_PASSED', 'c TOTAL_PASSED'],
    );
  });

  it('checks only what the reader comes to, each once, unless told otherwise', async () => {
    const { viewer, asked } = house({ r1: [entry('a'), entry('b'), entry('c')] }, 'shown');
    viewer.open('r1');
    await settled();
    for (const documentId of ['c', 'b', 'c']) {
      viewer.dispatchEvent(new CustomEvent('anjuan-document-shown', { detail: { documentId } }));
      await settled();
    }
    assert.deepEqual(asked, ['c', 'b']);
  });

  it('knows the first document although the viewer tells it before the record is open', async () => {
    const { viewer, asked } = house({ r1: [entry('a'), entry('b')] }, 'shown');
    viewer.dispatchEvent(new CustomEvent('anjuan-document-shown', { detail: { documentId: 'a' } }));
    viewer.open('r1');
    await settled();
    assert.deepEqual(asked, ['a']);
  });

  it('says nothing of files without signatures, and is never content with a file that is not the indexed one', async () => {
    const { viewer, answers } = house({
      r1: [entry('ink-only'), entry('swapped', { digest: 'bb' }), entry('stripped', { digest: 'bb' })],
    });
    answers.set('ink-only', report('TOTAL_PASSED', 0));
    answers.set('stripped', report('TOTAL_PASSED', 0));
    viewer.open('r1');
    await settled();
    assert.deepEqual(
      viewer.verdicts.map(({ documentId, indication }) => `${documentId} ${indication}`),
      ['swapped TOTAL_FAILED', 'stripped TOTAL_FAILED'],
    );
  });

  it('forgets the record before, and gives no verdict where the check failed', async () => {
    const { viewer, answers, errors, verifier } = house({ r1: [entry('a')], r2: [entry('b')] });
    answers.set('b', new Error('unforeseen'));
    viewer.open('r1');
    await settled();
    viewer.open('r2');
    await settled();
    assert.deepEqual([viewer.verdicts, errors], [[], ['b unexpected']]);
    answers.delete('b');
    assert.equal((await verifier.report('b')).report.indication, 'TOTAL_PASSED');
    assert.equal(viewer.verdicts.length, 1);
    await assert.rejects(verifier.report('a'), { code: 'document-not-found' });
  });

  it('answers also what is asked before the documents of the record are known', async () => {
    const { viewer, verifier, asked } = house({ r1: [entry('a')] }, 'shown');
    viewer.open('r1');
    assert.equal((await verifier.report('a')).documentId, 'a');
    assert.deepEqual(asked, ['a']);
  });

  it('ends with its scope', async () => {
    const { viewer, scope, asked } = house({ r1: [entry('a')] });
    scope.dispose();
    viewer.open('r1');
    await settled();
    assert.deepEqual(asked, []);
  });
});
