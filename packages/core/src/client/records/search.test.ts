import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { collect, failure } from '../../../test-support/failure.js';
import {
  BASE,
  createFakeArchive,
  documentReference,
  json,
  type FakeArchive,
  type FakeArchiveOptions,
} from '../../../test-support/fake-archive.js';
import type { ClientWarning } from '../../transport/warnings.js';
import { Addresses } from '../address.js';
import { createArchiveClient } from '../create-archive-client.js';
import type { ArchiveClient, RecordPage, RecordQuery } from '../types.js';
import { decodeContinuation, encodeContinuation } from './continuation.js';
import { droppedFilters } from './self-link.js';

interface Setup {
  readonly archive: FakeArchive;
  readonly client: ArchiveClient;
  readonly warnings: ClientWarning[];
}

function setup(options: FakeArchiveOptions = {}): Setup {
  const archive = createFakeArchive(options);
  const warnings: ClientWarning[] = [];
  const client = createArchiveClient({
    baseUrl: BASE,
    transport: archive.transport,
    onWarning: (warning) => warnings.push(warning),
  });
  return { archive, client, warnings };
}

function queryOf(archive: FakeArchive): URLSearchParams {
  const [request] = archive.seenBelow('DocumentReference');
  assert.ok(request);
  return request.url.searchParams;
}

test('a search gives index cards with everything a list shows', async () => {
  const { client } = setup();
  const [first, ...rest] = await collect(client.records.search({ text: '测试' }));
  assert.equal(rest.length, 2);
  assert.deepEqual(first, {
    recordId: 'r1',
    patientId: 'p1',
    patientName: '测试一',
    gender: 'female',
    birthDate: '1960-05-06',
    recordNumber: '00r1',
    visitNumber: 2,
    department: '心内科',
    admittedOn: '2026-01-01T08:00:00+08:00',
    dischargedOn: '2026-01-03T10:00:00+08:00',
    mainDiagnosis: { text: '急性心肌梗死', code: 'I21.9' },
  });
});

test('nothing that was typed stands in an address, on the first page or the next', async () => {
  const { archive, client } = setup({ records: 5 });
  const pages: RecordPage[] = [];
  for await (const page of client.records.search({ text: '田慧' }, { pageSize: 2 }).byPage()) pages.push(page);
  assert.ok(pages.length > 1);
  const searches = archive.seenBelow('DocumentReference');
  assert.ok(searches.every(({ method, url }) => method === 'POST' && url.searchParams.get('_content') === '田慧'));
  assert.ok(archive.seen.every(({ address }) => !decodeURIComponent(address).includes('田')));
});

test('criteria become standard parameters, in local days', async () => {
  const { archive, client } = setup();
  const query: RecordQuery = {
    text: 'ceshi',
    name: '测试',
    recordNumber: '001',
    inpatientNumber: 'ZY|1',
    department: '心内科',
    diagnosis: 'I21.9',
    dischargedFrom: '2026-01-01',
    dischargedTo: '2026-01-31',
    patientId: 'p1',
  };
  await collect(client.records.search(query, { pageSize: 5 }));
  assert.deepEqual(
    [...queryOf(archive)],
    [
      ['type', 'urn:oid:2.16.156.10011.2.4|C0032'],
      ['status', 'current'],
      ['_content', 'ceshi'],
      ['patient.name', '测试'],
      ['identifier', 'urn:oid:2.16.156.10011.1.13|001'],
      ['identifier', 'urn:oid:2.16.156.10011.1.12|ZY\\|1'],
      ['setting:text', '心内科'],
      ['event', 'I21.9'],
      ['patient', 'Patient/p1'],
      ['period', 'ge2026-01-01T00:00:00+08:00'],
      ['period', 'eb2026-02-01T00:00:00+08:00'],
      ['_include', 'DocumentReference:patient'],
      ['_revinclude', 'List:item'],
      ['_sort', '-period'],
      ['_count', '5'],
    ],
  );
  assert.equal(archive.seenBelow('DocumentReference')[0]?.headers.get('prefer'), 'handling=strict');
});

test('without full text, numbers are looked up as identifiers and words as names', async () => {
  for (const [text, name] of [
    ['ZY2026001', 'identifier'],
    ['0012', 'identifier'],
    ['张三', 'patient.name'],
    ['zhang san', 'patient.name'],
  ] as const) {
    const { archive, client } = setup({ pageService: false });
    await collect(client.records.search({ text }));
    assert.equal(queryOf(archive).get(name), text);
  }
});

test('nothing is asked before iteration starts', async () => {
  const { archive, client } = setup();
  client.records.search({ text: 'x' });
  assert.equal(archive.seen.length, 0);
});

test('byPage: totals, and a continuation that another client can go on from', async () => {
  const { archive, client } = setup({ records: 5 });
  const pages: RecordPage[] = [];
  for await (const page of client.records.search({}, { pageSize: 2 }).byPage()) {
    pages.push(page);
    break;
  }
  const [first] = pages;
  assert.equal(first?.total, 5);
  const kept = JSON.parse(JSON.stringify(first?.continuation)) as string;
  const other = createArchiveClient({ baseUrl: BASE, transport: archive.transport });
  const rest = await collect(other.records.search({}, { pageSize: 2 }).byPage({ continuation: kept }));
  assert.deepEqual(
    rest.map((page) => page.records.map(({ recordId }) => recordId)),
    [['r3', 'r4'], ['r5']],
  );
  assert.equal(rest.at(-1)?.continuation, undefined);
  client.close();
});

test('a dropped filter is an error, never a wrong list', async () => {
  const { client } = setup({ dropFilter: 'patient.name' });
  const error = await failure(collect(client.records.search({ name: '测试' })));
  assert.equal(error.code, 'search-filter-dropped');
  assert.deepEqual(error.details, { filter: 'patient.name' });
});

test('self links: order, modifiers and repetition are understood; a lost modifier or repetition is a drop', () => {
  const filters = [
    ['patient', 'Patient/1'],
    ['period', 'ge1'],
    ['period', 'le2'],
    ['setting:text', 'x'],
  ] as const;
  assert.deepEqual(droppedFilters(filters, 'https://a/b?period=le2&setting:text=x&period=ge1&patient:Patient=1'), []);
  assert.deepEqual(droppedFilters(filters, 'b?patient=1&period=ge1&setting:text=x'), ['period']);
  assert.deepEqual(droppedFilters(filters, 'b?patient=1&period=ge1&period=le2&setting=x'), ['setting:text']);
  assert.deepEqual(droppedFilters([['patient', '1']], 'b?patient='), ['patient']);
  assert.deepEqual(droppedFilters([['patient', '1']], undefined), ['patient']);
});

test('stays that only touch the asked days are left out, and so is a total that counted them', async () => {
  const { client } = setup();
  assert.equal(
    (await collect(client.records.search({ dischargedFrom: '2026-01-03', dischargedTo: '2026-01-03' }))).length,
    3,
  );
  const pages = await collect(client.records.search({ dischargedTo: '2026-01-02' }).byPage());
  assert.deepEqual(pages, [{ records: [] }]);
});

test('an engine without _revinclude is asked for the records by item', async () => {
  const { archive, client, warnings } = setup({ revinclude: false });
  assert.equal((await collect(client.records.search({}))).length, 3);
  assert.equal(archive.seenBelow('List').length, 1);
  assert.deepEqual(warnings, []);
});

test('index cards without a record are left out with a warning', async () => {
  const { archive, client, warnings } = setup({ revinclude: false });
  archive.override = (_request, url) =>
    url.pathname === '/fhir/List' ? json({ resourceType: 'Bundle', entry: [] }) : undefined;
  assert.deepEqual(await collect(client.records.search({})), []);
  assert.deepEqual(warnings, [{ id: 'record-without-folder', details: { count: 3 } }]);
});

test('a locked card is left out, without a warning and without a total that counts it', async () => {
  const { archive, client, warnings } = setup();
  archive.override = (_request, url) => {
    if (url.pathname !== '/fhir/DocumentReference') return undefined;
    const stub = { resourceType: 'DocumentReference', id: 'd8', meta: { security: [{ code: 'REDACTED' }] } };
    const entry = [documentReference('d1', 'C0032'), stub].map((resource) => ({ resource }));
    return json({ resourceType: 'Bundle', total: 2, link: [{ relation: 'self', url: url.href }], entry });
  };
  const [page] = await collect(client.records.search({}).byPage());
  assert.deepEqual([page?.records.map(({ recordId }) => recordId), page?.total], [['r1'], undefined]);
  assert.deepEqual(warnings, []);
});

function withPages(archive: FakeArchive, pages: Record<string, { count: number; next?: string } | number>): void {
  archive.override = (_request, url) => {
    const cursor = url.searchParams.get('_cursor');
    if (url.pathname !== '/fhir/DocumentReference' || cursor === null) return undefined;
    const page = pages[cursor];
    if (typeof page === 'number') return json({ resourceType: 'OperationOutcome', issue: [] }, { status: page });
    const link = page?.next === undefined ? [] : [{ relation: 'next', url: page.next }];
    return json({ resourceType: 'Bundle', entry: [], link });
  };
}

test('empty pages on the way are passed over; the last next may lead nowhere', async () => {
  const { archive, client } = setup({ records: 3 });
  withPages(archive, {
    '2': { count: 0, next: `${BASE}/DocumentReference?_cursor=9` },
    '9': { count: 0, next: 'DocumentReference?_cursor=10' },
    '10': { count: 0 },
  });
  const pages = await collect(client.records.search({}, { pageSize: 2 }).byPage());
  assert.deepEqual(
    pages.map(({ records }) => records.length),
    [2, 0],
  );
});

test('a search that goes in circles ends with a warning', async () => {
  const { archive, client, warnings } = setup({ records: 3 });
  withPages(archive, {
    '2': { count: 0, next: `${BASE}/DocumentReference?_cursor=3` },
    '3': { count: 0, next: `${BASE}/DocumentReference?_cursor=2` },
  });
  assert.equal((await collect(client.records.search({}, { pageSize: 2 }))).length, 2);
  assert.deepEqual(warnings, [{ id: 'pages-repeated', details: {} }]);
});

test('when the archive has forgotten the search, it starts again and shows nothing twice', async () => {
  const { archive, client } = setup({ records: 3 });
  let gone = true;
  archive.override = (_request, url) => {
    if (url.searchParams.get('_cursor') === null || !gone) return undefined;
    gone = false;
    return json({ resourceType: 'OperationOutcome', issue: [] }, { status: 410 });
  };
  const ids = (await collect(client.records.search({}, { pageSize: 2 }))).map(({ recordId }) => recordId);
  assert.deepEqual(ids, ['r1', 'r2', 'r3']);
});

test('an archive that forgets every search at once ends in an error, not in circles', async () => {
  const { archive, client } = setup({ records: 3 });
  withPages(archive, { '2': 410 });
  const error = await failure(collect(client.records.search({}, { pageSize: 2 })));
  assert.deepEqual([error.code, error.details['status']], ['protocol-invalid', 410]);
  assert.equal(archive.seenBelow('DocumentReference').length, 4);
});

test('a stay without discharge is in no range of discharge days', async () => {
  const { archive, client } = setup();
  archive.override = (_request, url) => {
    if (url.pathname !== '/fhir/DocumentReference') return undefined;
    const staying = {
      ...documentReference('d1', 'C0032'),
      context: { period: { start: '2026-01-01T08:00:00+08:00' } },
    };
    return json({
      resourceType: 'Bundle',
      link: [{ relation: 'self', url: url.href }],
      entry: [{ resource: staying }],
    });
  };
  assert.equal((await collect(client.records.search({}))).length, 1);
  assert.deepEqual(await collect(client.records.search({ dischargedFrom: '2026-01-01' })), []);
});

test('a next link to another origin is not followed', async () => {
  const { archive, client } = setup({ records: 3 });
  withPages(archive, { '2': { count: 0, next: 'https://evil.test/fhir?_cursor=3' } });
  const error = await failure(collect(client.records.search({}, { pageSize: 2 })));
  assert.equal(error.code, 'protocol-invalid');
  assert.ok(archive.seen.every(({ url }) => url.host === 'archive.test'));
  // A store for bytes is no archive either.
  const addresses = new Addresses({ baseUrl: BASE, extraOrigins: ['https://evil.test'] });
  const stored = encodeContinuation(new URL('https://evil.test/fhir?_cursor=3'));
  assert.throws(() => decodeContinuation(stored, addresses), { code: 'protocol-invalid' });
});

test('hostile bundles never crash the reader', async () => {
  const { archive, client } = setup();
  await client.capabilities();
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (entry, resource) => {
      archive.override = (_request, url) =>
        json({
          resourceType: 'Bundle',
          link: [{ relation: 'self', url: url.href }],
          entry: [
            entry,
            { resource },
            { resource: { ...Object(resource), resourceType: 'DocumentReference', id: 'd1' } },
          ],
        });
      await collect(client.records.search({}));
    }),
    { numRuns: 60 },
  );
});

test('continuation: any address of this archive survives the round trip, no other is accepted', async () => {
  const addresses = new Addresses({ baseUrl: BASE });
  fc.assert(
    fc.property(fc.webQueryParameters(), fc.string(), (query, value) => {
      const url = new URL(`${BASE}/DocumentReference?${query}`);
      url.searchParams.append('value', value);
      const continuation = encodeContinuation(url);
      assert.match(continuation, /^[\w.-]+$/);
      assert.equal(decodeContinuation(continuation, addresses).href, url.href);
    }),
  );
  const foreign = encodeContinuation(new URL('https://evil.test/x'));
  assert.throws(() => decodeContinuation(foreign, addresses), { code: 'protocol-invalid' });
  fc.assert(
    fc.property(fc.string(), (text) =>
      assert.throws(() => decodeContinuation(text, addresses), { name: 'AnjuanError' }),
    ),
  );
});

test('abort while searching', async () => {
  const { archive, client } = setup();
  archive.override = () => new Promise<Response>(() => undefined);
  const controller = new AbortController();
  const search = failure(collect(client.records.search({}, { signal: controller.signal })));
  controller.abort();
  assert.equal((await search).code, 'aborted');
});

test('a day that is none is an argument error, and nothing is asked', async () => {
  const { archive, client } = setup();
  for (const day of ['2026', '2026-13-01', '01.02.2026', '2026-01-01T00:00:00Z']) {
    assert.equal((await failure(collect(client.records.search({ dischargedTo: day })))).code, 'invalid-argument');
    assert.equal((await failure(collect(client.records.search({ dischargedFrom: day })))).code, 'invalid-argument');
  }
  assert.equal(archive.seenBelow('DocumentReference').length, 0);
});

test('a page size nobody can mean is an argument error', async () => {
  const { client } = setup();
  for (const pageSize of [0, -1, 1.5, NaN]) {
    assert.equal((await failure(collect(client.records.search({}, { pageSize })))).code, 'invalid-argument');
  }
});
