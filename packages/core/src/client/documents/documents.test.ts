import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { failure } from '../../../test-support/failure.js';
import {
  BASE,
  createFakeArchive,
  documentReference,
  json,
  type FakeArchiveOptions,
} from '../../../test-support/fake-archive.js';
import { createFaultyTransport } from '../../testing/faulty-transport.js';
import { ManualClock } from '../../testing/manual-clock.js';
import { createArchiveClient } from '../create-archive-client.js';
import { parseContentRange } from './content-range.js';

const d1 = { documentId: 'd1', versionId: '1' };
const pdf = { ...d1, url: 'Binary/b-d1', mime: 'application/pdf' };

function setup(options: FakeArchiveOptions = {}) {
  const archive = createFakeArchive(options);
  const clock = new ManualClock();
  const faults = createFaultyTransport(archive.transport, { clock });
  const client = createArchiveClient({ baseUrl: BASE, transport: faults.transport, clock, random: () => 0 });
  const digest = createHash('sha256').update(archive.fileBytes).digest('hex');
  return { archive, clock, faults, client, digest };
}

test('bytes: the file, its type, its progress, its digest checked', async () => {
  const { archive, client, digest } = setup();
  const progress: unknown[] = [];
  const blob = await client.documents.bytes(pdf, { digest, onProgress: (step) => progress.push(step) });
  assert.equal(blob.type, 'application/pdf');
  assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), archive.fileBytes);
  assert.deepEqual(progress.at(-1), { loadedBytes: 1000, totalBytes: 1000 });
});

test('bytes: a progress callback that throws is the host’s fault, not the network’s', async () => {
  const { client, faults } = setup();
  const onProgress = (): void => {
    throw new RangeError('host bug');
  };
  const error = await failure(client.documents.bytes(pdf, { onProgress }));
  assert.equal(error.code, 'unexpected');
  assert.ok(error.cause instanceof RangeError);
  assert.equal(faults.requestCount, 1);
});

test('bytes: another digest is integrity-mismatch', async () => {
  const { client } = setup();
  assert.equal((await failure(client.documents.bytes(pdf, { digest: '0'.repeat(64) }))).code, 'integrity-mismatch');
});

test('bytes: without an address the attachment of that version is asked', async () => {
  const { archive, client } = setup();
  assert.equal((await client.documents.bytes(d1)).size, 1000);
  assert.equal(archive.seen[0]?.url.pathname, '/fhir/DocumentReference/d1/_history/1');
});

test('bytes: an engine without history serves the current version, if it is the one', async () => {
  const { archive, client } = setup();
  archive.override = (_request, url) => (/_history/.test(url.pathname) ? json({}, { status: 404 }) : undefined);
  assert.equal((await client.documents.bytes(d1)).size, 1000);
  assert.equal((await failure(client.documents.bytes({ ...d1, versionId: '9' }))).code, 'document-not-found');
});

test('bytes: an attachment of no bytes has no address; one without address or size is not understood', async () => {
  const { archive, client } = setup();
  for (const [size, code] of [
    [0, 'document-empty'],
    [7, 'protocol-invalid'],
  ] as const) {
    archive.override = () => json({ ...documentReference('d1'), content: [{ attachment: { size } }] });
    assert.equal((await failure(client.documents.bytes(d1))).code, code);
    assert.equal((await failure(client.documents.openBytes(d1))).code, code);
  }
});

test('bytes: inside the DocumentReference, or wrapped in a Binary', async () => {
  const { archive, client } = setup();
  const data = Buffer.from(archive.fileBytes).toString('base64');
  archive.override = (_request, url) => {
    if (url.pathname.startsWith('/fhir/Binary')) return json({ resourceType: 'Binary', data });
    return json({ ...documentReference('d1'), content: [{ attachment: { data } }] });
  };
  assert.equal((await client.documents.bytes(d1)).size, 1000);
  assert.equal((await client.documents.bytes(pdf)).size, 1000);
  assert.deepEqual((await (await client.documents.openBytes(d1)).read({ start: 0, end: 2 })).length, 2);
});

test('bytes: zero bytes, a proxy page, a foreign address', async () => {
  const { archive, client, faults } = setup();
  archive.override = () => new Response(new Uint8Array(0), { headers: { 'content-type': 'application/pdf' } });
  assert.equal((await failure(client.documents.bytes(pdf))).code, 'document-empty');
  assert.equal((await failure(client.documents.openBytes(pdf))).code, 'document-empty');
  faults.always({ kind: 'html' });
  assert.equal((await failure(client.documents.bytes(pdf))).code, 'protocol-not-fhir');
  assert.equal((await failure(client.documents.openBytes(pdf))).code, 'protocol-not-fhir');
  const before = faults.requestCount;
  for (const url of ['https://evil.test/x', '//evil.test/x', 'https://user:pass@archive.test/x', 'javascript:1']) {
    assert.equal((await failure(client.documents.bytes({ ...d1, url }))).code, 'protocol-invalid', url);
  }
  assert.equal(faults.requestCount, before);
});

test('bytes: from an allowed store of another origin, without token', async () => {
  const { archive } = setup();
  const client = createArchiveClient({
    baseUrl: BASE,
    transport: archive.transport,
    getToken: () => 'secret',
    extraOrigins: ['https://blobs.test'],
  });
  archive.override = () => new Response('abc');
  await client.documents.bytes({ ...d1, url: 'https://blobs.test/k?sig=1' });
  assert.equal(archive.seen[0]?.headers.get('authorization'), null);
});

test('bytes: cut inside the body and wrong length are repeated, then whole', async () => {
  const { client, clock, faults, digest } = setup();
  faults.next({ kind: 'cut-body', afterBytes: 300 }, { kind: 'wrong-length', missingBytes: 1 });
  assert.equal((await clock.settle(client.documents.bytes(pdf, { digest }))).size, 1000);
  assert.equal(faults.requestCount, 3);
});

test('ranges: one probe, then parts guarded by If-Range', async () => {
  const { archive, client } = setup();
  const source = await client.documents.openBytes(pdf);
  assert.deepEqual([source.sizeBytes, source.ranges], [1000, true]);
  assert.deepEqual(await source.read({ start: 10, end: 20 }), archive.fileBytes.slice(10, 20));
  const [probe, part] = archive.seen;
  assert.equal(probe?.headers.get('range'), 'bytes=0-0');
  assert.equal(part?.headers.get('range'), 'bytes=10-19');
  assert.equal(part?.headers.get('if-range'), '"b1"');
});

test('ranges: the first bytes come with the probe, so a small file costs one request', async () => {
  const { archive, client } = setup();
  const source = await client.documents.openBytes(pdf, { headBytes: 4000 });
  assert.deepEqual(await source.read({ start: 0, end: 1000 }), archive.fileBytes);
  assert.deepEqual(
    archive.seen.map(({ headers }) => headers.get('range')),
    ['bytes=0-3999'],
  );
  assert.equal((await failure(client.documents.openBytes(pdf, { headBytes: 0 }))).code, 'invalid-argument');
});

test('ranges: an archive that sends the whole file is read once', async () => {
  const { archive, client } = setup({ ranges: false });
  const source = await client.documents.openBytes(pdf);
  assert.deepEqual([source.sizeBytes, source.ranges], [1000, false]);
  assert.deepEqual(await source.read({ start: 990, end: 1000 }), archive.fileBytes.slice(990));
  assert.equal(archive.seen.length, 1);
});

test('ranges: a 200 in place of a part is used when it is the same file, refused when it is another', async () => {
  const { archive, client } = setup();
  const source = await client.documents.openBytes(pdf);
  const whole = (etag: string, bytes = archive.fileBytes): Response => new Response(bytes, { headers: { etag } });
  archive.override = () => whole('"b1"');
  assert.deepEqual(await source.read({ start: 1, end: 3 }), archive.fileBytes.slice(1, 3));
  archive.override = () => whole('"b2"');
  assert.equal((await failure(source.read({ start: 1, end: 3 }))).code, 'version-conflict');
  archive.override = () => whole('"b1"', archive.fileBytes.slice(1));
  assert.equal((await failure(source.read({ start: 1, end: 3 }))).code, 'version-conflict');
});

test('ranges: other or fewer bytes than asked for never pass', async () => {
  const { archive, client } = setup();
  const source = await client.documents.openBytes(pdf);
  const part = (range: string, size: number): Response =>
    new Response(new Uint8Array(size), { status: 206, headers: { 'content-range': range } });
  archive.override = () => part('bytes 5-9/1000', 5);
  assert.equal((await failure(source.read({ start: 0, end: 5 }))).code, 'version-conflict');
  archive.override = () => part('bytes 0-4/2000', 5);
  assert.equal((await failure(source.read({ start: 0, end: 5 }))).code, 'version-conflict');
  archive.override = () => part('bytes 0-4/1000', 3);
  assert.equal((await failure(source.read({ start: 0, end: 5 }))).code, 'network-interrupted');
});

test('ranges: impossible ranges are argument errors; an empty file is document-empty', async () => {
  const { archive, client } = setup();
  const source = await client.documents.openBytes(pdf);
  for (const [start, end] of [
    [-1, 5],
    [5, 5],
    [0, 1001],
    [0.5, 2],
    [NaN, 2],
  ] as const) {
    assert.equal((await failure(source.read({ start, end }))).code, 'invalid-argument');
  }
  archive.override = () => new Response(null, { status: 416, headers: { 'content-range': 'bytes */0' } });
  assert.equal((await failure(client.documents.openBytes(pdf))).code, 'document-empty');
  archive.override = () => new Response('x', { status: 206, headers: { 'content-range': 'rows 1' } });
  assert.equal((await failure(client.documents.openBytes(pdf))).code, 'protocol-invalid');
});

test('Content-Range', () => {
  assert.deepEqual(parseContentRange('bytes 0-0/10'), { start: 0, totalBytes: 10 });
  assert.deepEqual(parseContentRange('bytes 5-9/*'), { start: 5, totalBytes: undefined });
  assert.deepEqual(parseContentRange('bytes */0'), { start: undefined, totalBytes: 0 });
  for (const text of [null, '', 'bytes', 'bytes 1-2', 'items 0-1/2', 'bytes -1-2/3']) {
    assert.equal(parseContentRange(text), undefined);
  }
});

test('page images: remembered by version and width, shared while under way', async () => {
  const { archive, client } = setup();
  const ask = (versionId: string, widthPx: number) =>
    client.documents.pageImage({ documentId: 'd1', versionId }, { pageIndex: 0, widthPx });
  const [a, b] = await Promise.all([ask('1', 480), ask('1', 480)]);
  assert.equal(a, b);
  assert.equal(await ask('1', 480), a);
  assert.equal(archive.seen.length, 1);
  assert.equal(archive.seen[0]?.url.href, `${BASE}/DocumentReference/d1/_history/1/$page?index=0&width=480`);
  await ask('1', 1000);
  await ask('2', 480);
  assert.equal(archive.seen.length, 3);
});

test('page images: oldest leave when the budget is full', async () => {
  const archive = createFakeArchive();
  const client = createArchiveClient({ baseUrl: BASE, transport: archive.transport, cacheBytes: 6 });
  const ask = (widthPx: number) => client.documents.pageImage(d1, { pageIndex: 0, widthPx });
  await ask(160);
  await ask(480);
  await ask(160);
  await ask(1000);
  await ask(160);
  assert.equal(archive.seen.length, 3, '160 was used last but one, so 480 left');
  await ask(480);
  assert.equal(archive.seen.length, 4);
});

test('page images: no such page, a proxy page, no page service, an impossible index', async () => {
  const { client, faults } = setup();
  const ask = (pageIndex: number) => client.documents.pageImage(d1, { pageIndex, widthPx: 480 });
  assert.equal((await failure(ask(7))).code, 'page-not-found');
  faults.next({ kind: 'html' });
  assert.equal((await failure(ask(0))).code, 'protocol-not-fhir');
  assert.equal((await failure(ask(-1))).code, 'invalid-argument');
  const plain = setup({ pageService: false });
  const ofPlain = () => plain.client.documents.pageImage(d1, { pageIndex: 0, widthPx: 480 });
  assert.equal((await failure(ofPlain())).code, 'capability-missing', 'learned from the refusal');
  const before = plain.faults.requestCount;
  assert.equal((await failure(ofPlain())).code, 'capability-missing', 'known by now');
  assert.equal(plain.faults.requestCount, before);
});

test('page text comes with its runs and is remembered', async () => {
  const { archive, client } = setup();
  const text = await client.documents.pageText(d1, { pageIndex: 0 });
  assert.deepEqual(text, {
    pageIndex: 0,
    text: '患者',
    runs: [{ text: '患者', x: 1, y: 2, width: 3, height: 4 }],
    source: 'pdf',
  });
  assert.equal(await client.documents.pageText(d1, { pageIndex: 0 }), text);
  assert.equal(archive.seen.length, 1);
});

test('versions, newest first', async () => {
  const { client } = setup();
  const versions = await client.documents.versions('d1');
  assert.deepEqual(
    versions.map(({ documentId, versionId }) => [documentId, versionId]),
    [
      ['d1', '2'],
      ['d1', '1'],
    ],
  );
});

test('close ends what is under way and everything after, and forgets what it knew', async () => {
  const { client, faults } = setup();
  const source = await client.documents.openBytes(pdf);
  await client.documents.pageImage(d1, { pageIndex: 0, widthPx: 480 });
  faults.always({ kind: 'stall' });
  const running = failure(client.documents.bytes(pdf));
  const search = client.records.search({});
  client.close();
  client.close();
  assert.equal((await running).code, 'client-closed');
  for (const call of [
    () => client.records.open('r1'),
    () => client.documents.bytes(pdf),
    () => client.documents.pageImage(d1, { pageIndex: 0, widthPx: 480 }),
    () => client.documents.versions('d1'),
    () => source.read({ start: 0, end: 1 }),
    () => client.capabilities(),
    () => search[Symbol.asyncIterator]().next(),
  ]) {
    assert.equal((await failure(call())).code, 'client-closed');
  }
});

test('capabilities are read once; a plain engine has none of ours; another FHIR release is refused', async () => {
  const { archive, client } = setup();
  const [first, second] = await Promise.all([client.capabilities(), client.capabilities()]);
  assert.equal(first, second);
  await client.capabilities();
  assert.equal(archive.seen.length, 1);
  assert.deepEqual([first.pageService, first.fullText, first.upload, first.maxPageSize], [true, true, ['tus'], 100]);
  const plain = await setup({ pageService: false }).client.capabilities();
  assert.deepEqual([plain.pageService, plain.workflow, plain.upload], [false, 'advisory', ['binary-post']]);
  const r5 = setup();
  r5.archive.override = () => json({ resourceType: 'CapabilityStatement', fhirVersion: '5.0.0' });
  assert.equal((await failure(r5.client.capabilities())).code, 'protocol-invalid');
  r5.archive.override = undefined;
  assert.equal((await r5.client.capabilities()).pageService, true, 'a failure is not remembered');
});

test('a base address that is none', () => {
  for (const baseUrl of ['', '/fhir', 'ftp://a/b', 'https://user:pass@a/b', 'javascript:alert(1)']) {
    assert.throws(() => createArchiveClient({ baseUrl }), { code: 'invalid-argument' }, baseUrl);
  }
  assert.equal(createArchiveClient({ baseUrl: 'https://a.test/fhir//?x#y' }).baseUrl, 'https://a.test/fhir');
});
