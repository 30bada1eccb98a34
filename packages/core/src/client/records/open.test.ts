import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { failure } from '../../../test-support/failure.js';
import { BASE, createFakeArchive, documentReference, json, manifest } from '../../../test-support/fake-archive.js';
import { codeSystems, extensions } from '../../model/fhir-names.js';
import { createArchiveClient } from '../create-archive-client.js';
import type { ArchiveClient } from '../types.js';

function clientOf(archive: ReturnType<typeof createFakeArchive>): ArchiveClient {
  return createArchiveClient({ baseUrl: `${BASE}/`, transport: archive.transport });
}

test('a record opens with its documents and pages', async () => {
  const archive = createFakeArchive();
  const record = await clientOf(archive).records.open('r1');
  assert.equal(record.summary.patientName, '测试一');
  assert.deepEqual(
    record.documents.map(({ documentId, state, pages }) => [documentId, state, pages.length]),
    [
      ['d1', 'ready', 1],
      ['d2', 'ready', 1],
      ['d3', 'ready', 1],
    ],
  );
});

test('the first open waits for one round trip, not two', async () => {
  const archive = createFakeArchive();
  const client = clientOf(archive);
  archive.override = (_request, url) =>
    url.pathname.endsWith('/metadata') ? new Promise<Response>(() => undefined) : undefined;
  assert.equal((await client.records.open('r1')).recordId, 'r1');
  client.close();
});

test('a second open revalidates: 304 gives the very same manifest, a change gives the new one', async () => {
  const archive = createFakeArchive();
  const client = clientOf(archive);
  const first = await client.records.open('r1');
  assert.equal(await client.records.open('r1'), first);
  assert.equal(archive.seenBelow('List')[1]?.headers.get('if-none-match'), '"v1"');
  archive.manifestVersion = 'v2';
  assert.equal((await client.records.open('r1')).version, 'v2');
});

test('opens at the same time share one request; the last to leave cancels it', async () => {
  const archive = createFakeArchive();
  const client = clientOf(archive);
  await client.capabilities();
  const [a, b] = await Promise.all([client.records.open('r1'), client.records.open('r1')]);
  assert.equal(a, b);
  assert.equal(archive.seenBelow('List').length, 1);

  let signal: AbortSignal | undefined;
  archive.override = (request) => {
    signal = request.signal;
    return new Promise<Response>(() => undefined);
  };
  const controllers = [new AbortController(), new AbortController()];
  const opens = controllers.map((controller) => failure(client.records.open('r1', { signal: controller.signal })));
  await new Promise((resolve) => setImmediate(resolve));
  controllers[0]?.abort();
  assert.equal((await opens[0])?.code, 'aborted');
  assert.equal(signal?.aborted, false, 'the other still waits');
  controllers[1]?.abort();
  assert.equal((await opens[1])?.code, 'aborted');
  assert.equal(signal?.aborted, true);
});

test('without page service the record comes from plain FHIR, in the order of its List', async () => {
  const archive = createFakeArchive({ pageService: false, documents: 70 });
  const record = await clientOf(archive).records.open('r1');
  assert.equal(record.documents.length, 70);
  assert.deepEqual(
    record.documents.map(({ documentId }) => documentId),
    Array.from({ length: 70 }, (_, index) => `d${index + 1}`),
  );
  const [first] = record.documents;
  assert.deepEqual(first, {
    documentId: 'd1',
    versionId: '1',
    type: { system: 'urn:oid:2.16.156.10011.2.4', code: 'C0032', display: '病案文书' },
    category: { system: 'urn:anjuan:fhir:CodeSystem:document-category', code: 'front-page', display: '病案首页' },
    title: '文书 d1',
    dateTime: '2026-01-03T09:00:00+08:00',
    author: '医生甲',
    mime: 'application/pdf',
    sizeBytes: 1000,
    labels: ['N'],
    url: 'Binary/b-d1',
    state: 'unmeasured',
    pages: [],
  });
  assert.equal(record.summary.patientName, '测试一');
  assert.equal(record.summary.department, '心内科');
  assert.equal(record.status, 'archived');
});

test('plain FHIR: hidden members are absent, withdrawn ones too, broken ones say why, the patient may be forbidden', async () => {
  const archive = createFakeArchive({ pageService: false, documents: 4 });
  archive.override = (_request, url) => {
    if (url.pathname === '/fhir/Patient/p1')
      return json({ resourceType: 'OperationOutcome', issue: [] }, { status: 403 });
    if (url.pathname !== '/fhir/DocumentReference') return undefined;
    const resources = [
      documentReference('d1'),
      { ...documentReference('d2'), status: 'entered-in-error' },
      {
        resourceType: 'DocumentReference',
        id: 'd3',
        meta: { versionId: '1', security: [{ code: 'REDACTED' }] },
        extension: [{ url: extensions.lockReason, valueCode: 'sealed' }],
        category: [{ coding: [{ system: codeSystems.documentCategory, code: 'course' }] }],
      },
      { ...documentReference('d4'), extension: [{ url: extensions.ingestError, valueCode: 'pdf-encrypted' }] },
    ];
    return json({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });
  };
  const record = await clientOf(archive).records.open('r1');
  assert.deepEqual(
    record.documents.map((entry) => [entry.documentId, entry.state === 'broken' ? entry.code : entry.state]),
    [
      ['d1', 'unmeasured'],
      ['d3', 'locked'],
      ['d4', 'pdf-encrypted'],
    ],
  );
  const [, locked] = record.documents;
  assert.ok(locked?.state === 'locked');
  assert.deepEqual([locked.reason, locked.title, locked.category.code], ['sealed', '病程记录', 'course']);
  assert.equal(record.summary.patientName, '');
});

test('a signature that the source system reports arrives by both ways, and only as true or false', async () => {
  const values = [true, false, undefined, 'yes'];
  for (const pageService of [true, false]) {
    const archive = createFakeArchive({ pageService, documents: values.length });
    const body = manifest('v1', values.length);
    archive.override = (_request, url) => {
      if (pageService && url.pathname.endsWith('$record-manifest')) {
        const documents = (body['documents'] as object[]).map((entry, index) => ({ ...entry, signed: values[index] }));
        return json({ ...body, documents });
      }
      if (pageService || url.pathname !== '/fhir/DocumentReference') return undefined;
      const entry = values.map((valueBoolean, index) => ({
        resource: { ...documentReference(`d${index + 1}`), extension: [{ url: extensions.signed, valueBoolean }] },
      }));
      return json({ resourceType: 'Bundle', entry });
    };
    const { documents } = await clientOf(archive).records.open('r1');
    assert.deepEqual(
      documents.map(({ signed }) => signed),
      [true, false, undefined, undefined],
      String(pageService),
    );
  }
});

test('plain FHIR: the version changes with the members', async () => {
  const open = async (documents: number): Promise<string> =>
    (await clientOf(createFakeArchive({ pageService: false, documents })).records.open('r1')).version;
  assert.equal(await open(2), await open(2));
  assert.notEqual(await open(2), await open(3));
});

test('a record without documents opens empty, both ways', async () => {
  for (const pageService of [true, false]) {
    const record = await clientOf(createFakeArchive({ documents: 0, pageService })).records.open('r1');
    assert.deepEqual(record.documents, []);
    assert.equal(record.summary.patientId, 'p1');
  }
});

test('an unknown record, both ways; an id that cannot exist is not even asked for', async () => {
  for (const pageService of [true, false]) {
    const archive = createFakeArchive({ pageService });
    assert.equal((await failure(clientOf(archive).records.open('nobody'))).code, 'record-not-found');
    const before = archive.seen.length;
    for (const id of ['', '..', 'a/b', '../Patient/p1', 'r1?x=1', '张三']) {
      assert.equal((await failure(clientOf(archive).records.open(id))).code, 'record-not-found', id);
    }
    assert.equal(archive.seen.length, before);
  }
});

test('impossible pages concern their document, not the record', async () => {
  const archive = createFakeArchive();
  const body = manifest('v1', 3);
  const [first, second, third] = body['documents'] as Record<string, unknown>[];
  archive.override = (_request, url) => {
    if (!url.pathname.endsWith('$record-manifest')) return undefined;
    const page = { pageId: 'x', widthPt: -1, heightPt: 1e9, rotationDeg: 45, kind: 'magic', widthsPx: ['a'] };
    return json({
      ...body,
      documents: [
        first,
        { ...second, pages: [page] },
        { ...third, pages: [] },
        { ...third, pages: [{ ...page, widthPt: 1e9 }] },
        null,
        7,
        { title: 'no id' },
      ],
    });
  };
  const record = await clientOf(archive).records.open('r1');
  assert.deepEqual(
    record.documents.map((entry) => (entry.state === 'broken' ? entry.code : entry.state)),
    ['ready', 'unmeasured', 'document-empty', 'pdf-too-large'],
  );
});

test('hostile strings come through as they are', async () => {
  const hostile = `<img src=x onerror=alert(1)>\u202e${'长'.repeat(10_000)}`;
  const archive = createFakeArchive();
  const body = manifest('v1', 1);
  const [first] = body['documents'] as Record<string, unknown>[];
  archive.override = (_request, url) =>
    url.pathname.endsWith('$record-manifest')
      ? json({ ...body, documents: [{ ...first, title: hostile, author: hostile }] })
      : undefined;
  const record = await clientOf(archive).records.open('r1');
  assert.equal(record.documents[0]?.title, hostile);
});

test('a manifest of anything at all opens or is protocol-invalid', async () => {
  const archive = createFakeArchive();
  const client = clientOf(archive);
  await client.capabilities();
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.array(fc.jsonValue()), async (summary, documents) => {
      archive.override = () => json({ recordId: 'r1', status: 'archived', summary, documents });
      const record = await client.records.open('r1');
      assert.ok(record.documents.every((entry) => entry.documentId !== '' && Array.isArray(entry.pages)));
      archive.override = () => json({ summary, documents });
      assert.equal((await failure(client.records.open('r1'))).code, 'protocol-invalid');
    }),
    { numRuns: 60 },
  );
});
