import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, test } from 'node:test';
import { FakeUploadArchive, UPLOAD_BASE } from '../../../test-support/fake-upload-archive.js';
import { createArchiveClient } from '../../client/create-archive-client.js';
import { createFaultyTransport } from '../../testing/faulty-transport.js';
import { ManualClock } from '../../testing/manual-clock.js';
import type { ArchiveClient } from '../../client/types.js';
import type { UploadAcknowledgement, UploadJob } from '../types.js';
import { chooseTransport, defaultTransports } from './choose-transport.js';
import { createChunkedTransport } from './create-chunked-transport.js';
import { createTusTransport } from './create-tus-transport.js';

const MIB = 1024 * 1024;
const bytes = Uint8Array.from({ length: 9 * MIB + 5 }, (_, index) => (index * 7) & 255);
const sha256 = createHash('sha256').update(bytes).digest('hex');

let archive: FakeUploadArchive;
let client: ArchiveClient;
let progress: { url?: string; offsetBytes: number }[];

beforeEach(() => {
  archive = new FakeUploadArchive();
  client = createArchiveClient({ baseUrl: UPLOAD_BASE, transport: archive.transport, random: () => 0 });
  progress = [];
});

function job(parts: Partial<UploadJob> = {}): UploadJob {
  return {
    bytes: new Blob([bytes]),
    sha256,
    mime: 'image/jpeg',
    onProgress: (now) => void progress.push(now),
    signal: new AbortController().signal,
    ...parts,
  };
}

const send = (parts: Partial<UploadJob> = {}): Promise<UploadAcknowledgement> =>
  createTusTransport({ client, chunkBytes: 4 * MIB }).upload(job(parts));
const methods = (): string => archive.seen.map(({ method, status }) => `${method} ${status}`).join(', ');
const lastUrl = (): { url: string } => ({ url: progress.at(-1)?.url ?? '' });

test('tus: a file in chunks, each with its checksum, acknowledged by its SHA-256; nothing but the type is told', async () => {
  const acknowledgement = await send();
  assert.deepEqual(acknowledgement, { binary: 'Binary/u1', sha256, sizeBytes: bytes.length });
  assert.equal(methods(), 'POST 201, OPTIONS 204, PATCH 204, PATCH 204, PATCH 204');
  assert.deepEqual(
    progress.map(({ offsetBytes }) => offsetBytes),
    [0, 4 * MIB, 8 * MIB, bytes.length],
  );
  assert.deepEqual(archive.binaries.get('u1')?.bytes, Buffer.from(bytes));
  assert.equal(archive.binaries.get('u1')?.mime, 'image/jpeg');
  const [created, , patched] = archive.seen;
  assert.equal(created?.headers.get('upload-metadata'), `filetype ${btoa('image/jpeg')}`);
  assert.match(patched?.headers.get('upload-checksum') ?? '', /^sha256 \S{44}$/);
});

for (const [offered, sent] of [
  ['sha1,md5', /^sha1 \S{28}$/],
  ['', undefined],
] as const) {
  test(`tus: an archive that offers "${offered}" for checksums`, async () => {
    archive.checksums = offered;
    await send();
    const checksum = archive.seen.find(({ method }) => method === 'PATCH')?.headers.get('upload-checksum');
    if (sent) assert.match(checksum ?? '', sent);
    else assert.equal(checksum, null);
  });
}

test('tus: a broken upload goes on where the archive stands', async () => {
  let patches = 0;
  archive.fault = ({ method }) => (method === 'PATCH' && (patches += 1) === 2 ? 'after' : undefined);
  await assert.rejects(send(), { code: 'network-unreachable' });
  assert.equal(progress.at(-1)?.offsetBytes, 4 * MIB);
  const { sha256: named } = await send({ resume: lastUrl() });
  assert.equal(named, sha256);
  assert.match(methods(), /HEAD 200, OPTIONS 204, PATCH 204$/);
});

test('tus: a lost acknowledgement costs one HEAD', async () => {
  let patches = 0;
  archive.fault = ({ method }) => (method === 'PATCH' && (patches += 1) === 3 ? 'after' : undefined);
  await assert.rejects(send(), { code: 'network-unreachable' });
  assert.equal((await send({ resume: lastUrl() })).binary, 'Binary/u1');
  assert.equal(archive.binaries.size, 1);
});

test('tus: a chunk sent twice is 409, and the upload goes on from the archive’s offset', async () => {
  const stale = new Set<string>();
  archive.fault = (request) => {
    const offset = request.headers.get('upload-offset') ?? '';
    if (request.method !== 'PATCH' || stale.has(offset)) return undefined;
    stale.add(offset);
    return new Response(null, { status: 409 });
  };
  assert.equal((await send()).sha256, sha256);
  assert.match(methods(), /PATCH 409, HEAD 200, PATCH 204/);
});

test('tus: a chunk damaged on its way is sent again; one that always is, is an error', async () => {
  let damaged = 0;
  archive.fault = ({ method }) => (method === 'PATCH' && (damaged += 1) === 1 ? 'damage' : undefined);
  assert.equal((await send()).sha256, sha256);
  assert.match(methods(), /PATCH 460, HEAD 200, PATCH 204/);
  archive.fault = ({ method }) => (method === 'PATCH' ? 'damage' : undefined);
  await assert.rejects(send(), { code: 'integrity-mismatch' });
});

test('tus: damage that no checksum catches is caught by the acknowledgement, and the upload is given up', async () => {
  archive.checksums = '';
  archive.fault = ({ method }) => (method === 'PATCH' ? 'damage' : undefined);
  await assert.rejects(send(), { code: 'integrity-mismatch' });
  assert.match(methods(), /DELETE 204$/);
});

for (const [status, code] of [
  [404, 'upload-lost'],
  [410, 'upload-lost'],
  [403, 'upload-lost'],
  [413, 'upload-refused'],
  [415, 'upload-refused'],
  [423, 'network-unavailable'],
  [412, 'protocol-invalid'],
  [500, 'server-fault'],
] as const) {
  test(`tus: ${status} in the middle is ${code}`, async () => {
    archive.fault = ({ method }) => (method === 'PATCH' ? new Response(null, { status }) : undefined);
    await assert.rejects(send(), { code });
  });
}

test('tus: too large is refused before a byte is sent; who may not write is told so', async () => {
  archive.maxBytes = 10;
  await assert.rejects(send(), { code: 'upload-refused' });
  archive.fault = ({ method }) => (method === 'POST' ? new Response(null, { status: 403 }) : undefined);
  await assert.rejects(send(), { code: 'record-forbidden' });
  assert.ok(!methods().includes('PATCH'));
});

test('tus: an archive that never moves is an error, not an endless loop', async () => {
  archive.fault = ({ method }) => (method === 'PATCH' ? new Response(null, { status: 409 }) : undefined);
  await assert.rejects(send(), { code: 'network-unavailable' });
});

test('tus: an upload of another size is nobody’s', async () => {
  await createTusTransport({ client }).upload(job({ bytes: new Blob(['ab']), sha256: hash('ab') }));
  await assert.rejects(send({ resume: lastUrl() }), { code: 'protocol-invalid' });
});

test('tus: a line too slow for a chunk gets smaller ones', async () => {
  const clock = new ManualClock();
  const faulty = createFaultyTransport(archive.transport, { clock });
  const slow = createArchiveClient({ baseUrl: UPLOAD_BASE, transport: faulty.transport, clock });
  const tus = createTusTransport({ client: slow });
  faulty.always({ kind: 'stall' }, ({ method }) => method === 'PATCH');
  await assert.rejects(clock.settle(tus.upload(job())), { code: 'network-timeout' });
  faulty.always(undefined);
  await clock.settle(tus.upload(job({ resume: lastUrl() })));
  assert.equal(progress.find(({ offsetBytes }) => offsetBytes > 0)?.offsetBytes, (5 * MIB) / 4);
});

test('tus: abort ends it; discard tells the archive', async () => {
  const controller = new AbortController();
  const tus = createTusTransport({ client });
  const onProgress = (now: { url?: string; offsetBytes: number }): void => {
    progress.push(now);
    controller.abort();
  };
  await assert.rejects(tus.upload(job({ signal: controller.signal, onProgress })), { code: 'aborted' });
  await tus.discard?.(lastUrl().url, { signal: new AbortController().signal });
  await assert.rejects(send({ resume: lastUrl() }), { code: 'upload-lost' });
});

test('tus: chunks outside 4 to 8 MiB are a mistake of the caller', () => {
  for (const chunkBytes of [MIB, 9 * MIB, Number.NaN]) {
    assert.throws(() => createTusTransport({ client, chunkBytes }), { code: 'invalid-argument' });
  }
});

test('whole file: posted once with its digest, and read back when the archive names none', async () => {
  const acknowledgement = await createChunkedTransport({ client }).upload(job());
  assert.deepEqual(acknowledgement, { binary: 'Binary/b1', sha256, sizeBytes: bytes.length });
  const post = archive.seen.find(({ method }) => method === 'POST');
  assert.match(post?.headers.get('content-digest') ?? '', /^sha-256=:\S{44}:$/);
  assert.match(methods(), /HEAD 200, GET 200$/);
});

test('whole file: a digest in the answer saves reading back; another one is a mismatch', async () => {
  const answer = (digest: string): Response =>
    new Response(null, { status: 201, headers: { location: 'Binary/x', 'repr-digest': `sha-256=:${digest}:` } });
  archive.fault = ({ method }) =>
    method === 'POST' ? answer(createHash('sha256').update(bytes).digest('base64')) : undefined;
  assert.equal((await createChunkedTransport({ client }).upload(job())).binary, 'Binary/x');
  archive.fault = ({ method }) =>
    method === 'POST' ? answer(createHash('sha256').update('other').digest('base64')) : undefined;
  await assert.rejects(createChunkedTransport({ client }).upload(job()), { code: 'integrity-mismatch' });
});

test('whole file: too large is refused unsent, an unknown type by the archive', async () => {
  archive.fault = ({ method }) => (method === 'POST' ? new Response(null, { status: 415 }) : undefined);
  await assert.rejects(createChunkedTransport({ client }).upload(job()), { code: 'upload-refused' });
  const small = new FakeUploadArchive();
  small.maxBytes = 10;
  const other = createArchiveClient({ baseUrl: UPLOAD_BASE, transport: small.transport });
  await assert.rejects(createChunkedTransport({ client: other }).upload(job()), { code: 'upload-refused' });
  assert.deepEqual(
    small.seen.map(({ method }) => method),
    ['GET'],
  );
});

test('the archive’s capabilities choose the transport', async () => {
  const { signal } = new AbortController();
  assert.equal((await chooseTransport(client, defaultTransports({ client }), signal)).name, 'tus');
  const plain = new FakeUploadArchive();
  plain.upload = ['binary-post'];
  const other = createArchiveClient({ baseUrl: UPLOAD_BASE, transport: plain.transport });
  assert.equal((await chooseTransport(other, defaultTransports({ client: other }), signal)).name, 'chunked');
});

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
