import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifierSystems, profiles } from '../../model/fhir-names.js';
import { instantOf } from './document-dates.js';
import type { Folder } from './folder.js';
import { buildSubmission, type SubmissionContent } from './submission.js';

const sha256 = 'ab'.repeat(32);
const folder: Folder = {
  recordId: 'r1',
  etag: 'W/"4"',
  resource: {
    resourceType: 'List',
    id: 'r1',
    meta: {
      tag: [{ system: 'urn:anjuan:fhir:CodeSystem:record-status', code: 'archived' }],
      security: [{ code: 'R' }],
    },
    subject: { reference: 'Patient/p' },
    encounter: { reference: 'Encounter/e' },
    entry: [{ item: { reference: 'DocumentReference/old' } }],
    note: [{ text: 'kept as it came' }],
  },
};

function content(parts: Partial<SubmissionContent> = {}): SubmissionContent {
  return {
    batchId: 'batch',
    folder,
    documents: [
      {
        document: { documentId: 'doc', pageIds: ['p'], typeCode: 'C0026', title: '同意书' },
        file: { binary: 'Binary/f', sha256, sha1: 'cd'.repeat(20), sizeBytes: 3, mime: 'application/pdf' },
        masters: [{ binary: 'Binary/m', sha256 }],
      },
    ],
    recordedOn: '2026-01-05T08:00:00.000Z',
    submitter: {},
    ...parts,
  };
}

interface Entry {
  readonly fullUrl?: string;
  readonly resource: Record<string, unknown>;
  readonly request: Record<string, string>;
}

const entriesOf = (parts: Partial<SubmissionContent> = {}): readonly Entry[] =>
  buildSubmission(content(parts))['entry'] as readonly Entry[];

test('everything that could be created twice carries its condition; the folder carries its version', () => {
  assert.deepEqual(
    entriesOf().map(({ request }) => request),
    [
      { method: 'POST', url: 'List', ifNoneExist: 'identifier=urn%3Aietf%3Arfc%3A3986%7Curn%3Auuid%3Abatch' },
      {
        method: 'POST',
        url: 'DocumentReference',
        ifNoneExist: 'identifier=urn%3Aietf%3Arfc%3A3986%7Curn%3Auuid%3Adoc',
      },
      { method: 'POST', url: 'Provenance' },
      { method: 'PUT', url: 'List/r1', ifMatch: 'W/"4"' },
    ],
  );
});

test('the document belongs to the patient and stay of its folder, under the labels of its folder', () => {
  const { resource } = entriesOf()[1] ?? assert.fail();
  assert.deepEqual(resource['subject'], { reference: 'Patient/p' });
  assert.deepEqual(resource['securityLabel'], [{ coding: [{ code: 'R' }] }]);
  assert.deepEqual((resource['context'] as { encounter: unknown }).encounter, [{ reference: 'Encounter/e' }]);
  assert.deepEqual((resource['meta'] as { profile: unknown }).profile, [profiles.archivedDocument]);
  assert.deepEqual(resource['masterIdentifier'], { system: identifierSystems.master, value: 'urn:uuid:doc' });
  assert.equal(resource['docStatus'], undefined);
});

test('the evidence names the captured page by address and hash', () => {
  const { resource } = entriesOf()[2] ?? assert.fail();
  const value = 'ni:///sha-256;q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s';
  assert.deepEqual(resource['entity'], [
    { role: 'source', what: { reference: 'Binary/m', identifier: { system: identifierSystems.master, value } } },
  ]);
});

test('the folder keeps what it had; a document that is in it already is not added twice', () => {
  const resource = entriesOf().at(-1)?.resource ?? {};
  assert.deepEqual(resource['note'], folder.resource['note']);
  const references = (entry: unknown): string[] =>
    (entry as { item: { reference: string } }[]).map(({ item }) => item.reference);
  assert.deepEqual(references(resource['entry']), ['DocumentReference/old', 'urn:uuid:doc']);
  const known = new Map([['doc', 'old']]);
  assert.deepEqual(references(entriesOf({ known }).at(-1)?.resource['entry']), ['DocumentReference/old']);
});

test('a day begins at midnight here; what is no date is none', () => {
  assert.match(instantOf('2026-03-05') ?? '', /^2026-03-05T00:00:00[+-]\d{2}:\d{2}$/);
  assert.equal(instantOf('2026-03-05T09:30+08:00'), '2026-03-05T09:30:00+08:00');
  assert.equal(instantOf('2026-03-05T09:30:15.5Z'), '2026-03-05T09:30:15.5Z');
  for (const text of ['', 'gestern', '2026-99-99', '05.03.2026']) assert.equal(instantOf(text), undefined);
});
