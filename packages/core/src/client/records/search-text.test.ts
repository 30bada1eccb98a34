import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { failure } from '../../../test-support/failure.js';
import { BASE, createFakeArchive, json, type FakeArchive } from '../../../test-support/fake-archive.js';
import type { TelemetryEvent } from '../../transport/transport.js';
import { createArchiveClient } from '../create-archive-client.js';
import type { ArchiveClient } from '../types.js';

const HIT = {
  documentId: 'd1',
  pageIndex: 2,
  rects: [{ x: 72, y: 90.5, width: 40, height: 12 }],
  snippet: '…血压 120/80…',
};

/** Answers `$search-text` with this body. */
function answering(body: unknown, archive: FakeArchive = createFakeArchive()): FakeArchive {
  archive.override = (_request, url) => (url.pathname.endsWith('$search-text') ? json(body) : undefined);
  return archive;
}

function clientOf(archive: FakeArchive, telemetry?: (event: TelemetryEvent) => void): ArchiveClient {
  return createArchiveClient({ baseUrl: BASE, transport: archive.transport, ...(telemetry && { telemetry }) });
}

test('hits come with their places, the trimmed query travels in q only', async () => {
  const archive = answering({ hits: [HIT], total: 1 });
  const found = await clientOf(archive).records.searchText('r1', ' 血压 ');
  assert.deepEqual(found, { hits: [HIT], total: 1 });
  const [request] = archive.seenBelow('List');
  assert.equal(decodeURIComponent(request?.url.pathname ?? ''), '/fhir/List/r1/$search-text');
  assert.deepEqual([...(request?.url.searchParams ?? [])], [['q', '血压']]);
});

test('the limit cuts the hits, the total still counts all', async () => {
  const hits = Array.from({ length: 5 }, (_, pageIndex) => ({ ...HIT, pageIndex }));
  const found = await clientOf(answering({ hits, total: 812 })).records.searchText('r1', '血压', { limit: 2 });
  assert.deepEqual([found.hits.map(({ pageIndex }) => pageIndex), found.total], [[0, 1], 812]);
});

test('hits that lead nowhere are neither shown nor counted; impossible places are no marks', async () => {
  const rects = [{ x: 1, y: 1, width: 0, height: 9 }, { x: 'a' }, null, HIT.rects[0]];
  const hits = [{ ...HIT, rects }, { ...HIT, pageIndex: -1 }, { ...HIT, pageIndex: 1.5 }, { pageIndex: 0 }, null, 7];
  const found = await clientOf(answering({ hits, total: 6 })).records.searchText('r1', '血压');
  assert.deepEqual(found, { hits: [HIT], total: 1 });
});

test('without page service it is capability-missing, asked before or not', async () => {
  const archive = createFakeArchive({ pageService: false });
  archive.override = (_request, url) =>
    url.pathname.endsWith('$search-text')
      ? json({ resourceType: 'OperationOutcome', issue: [] }, { status: 404 })
      : undefined;
  const client = clientOf(archive);
  assert.equal((await failure(client.records.searchText('r1', '血压'))).code, 'capability-missing');
  const before = archive.seen.length;
  assert.equal((await failure(client.records.searchText('r1', '血压'))).code, 'capability-missing');
  assert.equal(archive.seen.length, before, 'known by now: nothing is asked');
});

test('a record that is not there, and one that may not be read', async () => {
  for (const [status, code] of [
    [404, 'record-not-found'],
    [403, 'record-forbidden'],
  ] as const) {
    const archive = createFakeArchive();
    archive.override = (_request, url) =>
      url.pathname.endsWith('$search-text')
        ? json({ resourceType: 'OperationOutcome', issue: [] }, { status })
        : undefined;
    assert.equal((await failure(clientOf(archive).records.searchText('r1', '血压'))).code, code);
  }
});

test('unusable arguments are refused without a request', async () => {
  const archive = createFakeArchive();
  const { records } = clientOf(archive);
  for (const query of ['', '  \n', '长'.repeat(201)]) {
    assert.equal((await failure(records.searchText('r1', query))).code, 'invalid-argument');
  }
  for (const limit of [0, -1, 1.5, 501, Number.NaN]) {
    assert.equal((await failure(records.searchText('r1', '血压', { limit }))).code, 'invalid-argument');
  }
  assert.equal((await failure(records.searchText('../Patient/p1', '血压'))).code, 'record-not-found');
  assert.equal(archive.seen.length, 0);
});

test('abort ends the request', async () => {
  const archive = createFakeArchive();
  let signal: AbortSignal | undefined;
  archive.override = (request) => {
    signal = request.signal;
    return new Promise<Response>(() => undefined);
  };
  const controller = new AbortController();
  const search = failure(clientOf(archive).records.searchText('r1', '血压', { signal: controller.signal }));
  while (signal === undefined) await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  assert.equal((await search).code, 'aborted');
  assert.equal(signal.aborted, true);
});

test('errors and telemetry say nothing of the query, the snippet or the record', async () => {
  const secret = '艾滋病检测阳性';
  const events: TelemetryEvent[] = [];
  const bodies = [
    () => json({ hits: [{ ...HIT, snippet: secret }], total: 1 }),
    () => json({ hits: secret }),
    () => new Response(secret, { status: 500 }),
    () => new Response(`<html>${secret}</html>`, { headers: { 'content-type': 'text/html' } }),
  ];
  const told: string[] = [];
  for (const body of bodies) {
    const archive = createFakeArchive();
    archive.override = (_request, url) => (url.pathname.endsWith('$search-text') ? body() : undefined);
    const search = clientOf(archive, (event) => events.push(event)).records.searchText('r1', secret);
    await search.catch((error: Error) => told.push(`${error.message} ${JSON.stringify(error)} ${error.stack ?? ''}`));
  }
  assert.equal(told.length, 3);
  const all = `${told.join('\n')} ${JSON.stringify(events)}`;
  assert.ok(events.some(({ name }) => name === 'records.search-text'));
  for (const part of [secret, encodeURIComponent(secret), 'r1']) assert.equal(all.includes(part), false);
});

test('an answer of anything at all reads as hits or is protocol-invalid', async () => {
  const archive = createFakeArchive();
  const client = clientOf(archive);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue()), fc.jsonValue(), async (hits, total) => {
      answering({ hits, total }, archive);
      const found = await client.records.searchText('r1', 'x');
      assert.ok(found.total >= found.hits.length);
      answering({ total }, archive);
      assert.equal((await failure(client.records.searchText('r1', 'x'))).code, 'protocol-invalid');
    }),
    { numRuns: 60 },
  );
});
