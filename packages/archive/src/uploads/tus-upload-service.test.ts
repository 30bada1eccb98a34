import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { createArchive } from '../archive.js';
import type { Archive } from '../archive-options.js';
import { fixedUser, type Principal } from '../auth/principal.js';
import { MemoryBlobStore } from '../blob/memory-blob-store.js';
import { MemoryStore } from '../store/memory-store.js';
import { createTusUploads } from './tus-upload-service.js';

const BASE = 'http://archive.invalid/fhir';
const bytes = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7) % 251);
const sha256 = createHash('sha256').update(bytes).digest();
const clerk: Principal = { userId: 'clerk-1', name: 'clerk', roles: ['SCAN'], departments: [] };
const other: Principal = { userId: 'clerk-2', name: 'clerk', roles: ['SCAN'], departments: [] };
const auditor: Principal = { userId: 'aud', name: 'auditor', roles: ['AUD'], departments: [] };

let directory = '';
const shared = { store: new MemoryStore(), blobs: new MemoryBlobStore() };

async function archiveOf(principal: Principal, expireAfterMs?: number): Promise<Archive> {
  const uploadService = await createTusUploads({
    directory,
    maxBytes: 5000,
    ...(expireAfterMs !== undefined && { expireAfterMs }),
  });
  return createArchive({ ...shared, auth: fixedUser(principal), uploadService });
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'anjuan-tus-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

type Send = (
  method: string,
  url: string,
  headers?: Record<string, string>,
  body?: Uint8Array<ArrayBuffer>,
) => Promise<Response>;

function sender(archive: Archive): Send {
  return (method, url, headers = {}, body) =>
    archive.handle(
      new Request(url, { method, headers: { 'tus-resumable': '1.0.0', ...headers }, ...(body && { body }) }),
    );
}

async function create(send: Send, length = bytes.byteLength): Promise<string> {
  const filetype = Buffer.from('image/jpeg').toString('base64');
  const answer = await send('POST', `${BASE}/$upload`, {
    'upload-length': String(length),
    'upload-metadata': `filetype ${filetype}`,
  });
  assert.equal(answer.status, 201);
  return answer.headers.get('location') ?? '';
}

const patch = (
  send: Send,
  url: string,
  from: number,
  to: number,
  extra: Record<string, string> = {},
): Promise<Response> =>
  send(
    'PATCH',
    url,
    { 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream', ...extra },
    bytes.slice(from, to),
  );

function assertAcknowledged(answer: Response): string {
  assert.equal(answer.headers.get('upload-offset'), '1000');
  assert.equal(answer.headers.get('repr-digest'), `sha-256=:${sha256.toString('base64')}:`);
  const binary = answer.headers.get('content-location') ?? '';
  assert.match(binary, /^Binary\/upload-[0-9a-f]{32}$/);
  return binary;
}

test('a file in parts becomes a Binary whose digest the last answer names', async () => {
  const send = sender(await archiveOf(clerk));
  const url = await create(send);
  assert.ok(url.startsWith(`${BASE}/$upload/`));
  const first = await patch(send, url, 0, 400);
  assert.equal(first.status, 204);
  assert.equal(first.headers.get('upload-offset'), '400');
  assert.equal(first.headers.get('content-location'), null);
  const binary = assertAcknowledged(await patch(send, url, 400, 1000));
  const read = await send('GET', `${BASE}/${binary}`, { accept: 'image/jpeg' });
  assert.deepEqual(new Uint8Array(await read.arrayBuffer()), bytes);
  assert.equal(read.headers.get('content-type'), 'image/jpeg');
});

test('when the last answer is lost, HEAD and the same part again give it once more, and there is one Binary', async () => {
  const send = sender(await archiveOf(clerk));
  const url = await create(send);
  const binary = assertAcknowledged(await patch(send, url, 0, 1000));
  assert.equal(assertAcknowledged(await send('HEAD', url)), binary);
  assert.equal(assertAcknowledged(await patch(send, url, 0, 1000)), binary);
  assert.deepEqual(await readdir(directory), [], 'the parts are gone once the Binary is stored');
});

test('a restarted archive goes on where the upload stood, also when it died before the Binary was made', async () => {
  const before = sender(await archiveOf(clerk));
  const url = await create(before);
  await patch(before, url, 0, 400);
  const send = sender(await archiveOf(clerk));
  assert.equal((await send('HEAD', url)).headers.get('upload-offset'), '400');
  const failing = await createTusUploads({ directory, maxBytes: 5000 });
  const dying = createArchive({
    ...shared,
    blobs: new (class extends MemoryBlobStore {
      override put(): Promise<never> {
        return Promise.reject(new Error('killed'));
      }
    })(),
    auth: fixedUser(clerk),
    uploadService: failing,
  });
  assert.equal((await patch(sender(dying), url, 400, 1000)).status, 500);
  assertAcknowledged(await send('HEAD', url));
});

test('a part from elsewhere is 409, a wrong checksum 460, and neither changes anything', async () => {
  const send = sender(await archiveOf(clerk));
  const url = await create(send);
  assert.equal((await patch(send, url, 10, 400)).status, 409);
  const checksum = (part: Uint8Array): string => `sha256 ${createHash('sha256').update(part).digest('base64')}`;
  const wrong = await patch(send, url, 0, 400, { 'upload-checksum': checksum(bytes) });
  assert.equal(wrong.status, 460);
  assert.equal((await patch(send, url, 0, 400, { 'upload-checksum': 'md5 xyz' })).status, 400);
  assert.equal((await send('HEAD', url)).headers.get('upload-offset'), '0');
  const right = await patch(send, url, 0, 400, { 'upload-checksum': checksum(bytes.subarray(0, 400)) });
  assert.equal(right.headers.get('upload-offset'), '400');
});

test('two copies of one part at the same time are written once', async () => {
  const send = sender(await archiveOf(clerk));
  const url = await create(send);
  const statuses = (await Promise.all([patch(send, url, 0, 400), patch(send, url, 0, 400)])).map(
    ({ status }) => status,
  );
  assert.deepEqual(statuses.sort(), [204, 409]);
  assertAcknowledged(await patch(send, url, 400, 1000));
});

test('an upload exists for its creator only, finished or not', async () => {
  const mine = sender(await archiveOf(clerk));
  const theirs = sender(await archiveOf(other));
  const url = await create(mine);
  for (const answer of [await theirs('HEAD', url), await patch(theirs, url, 0, 400), await theirs('DELETE', url)]) {
    assert.equal(answer.status, 404);
  }
  await patch(mine, url, 0, 1000);
  assert.equal((await theirs('HEAD', url)).status, 404);
  assert.equal(
    (await sender(await archiveOf(auditor))('POST', `${BASE}/$upload`, { 'upload-length': '3' })).status,
    403,
  );
});

test('too large is 413, an ended upload is gone, a finished one cannot be ended', async () => {
  const send = sender(await archiveOf(clerk));
  assert.equal((await send('POST', `${BASE}/$upload`, { 'upload-length': '5001' })).status, 413);
  const url = await create(send);
  assert.equal((await send('DELETE', url)).status, 204);
  assert.equal((await send('HEAD', url)).status, 404);
  const done = await create(send);
  await patch(send, done, 0, 1000);
  assert.equal((await send('DELETE', done)).status, 403);
});

test('an unfinished upload expires', async () => {
  const send = sender(await archiveOf(clerk));
  const url = await create(send);
  await patch(send, url, 0, 400);
  const late = await createTusUploads({ directory, maxBytes: 5000, expireAfterMs: 1 });
  while ((await late.expire()) === 0);
  assert.equal((await send('HEAD', url)).status, 404);
});

test('OPTIONS and the capability statement say what is offered', async () => {
  const archive = await archiveOf(clerk);
  const options = await archive.handle(
    new Request(`${BASE}/$upload`, { method: 'OPTIONS', headers: { origin: 'https://emr.invalid' } }),
  );
  assert.equal(options.headers.get('tus-checksum-algorithm'), 'sha256,sha1');
  assert.match(options.headers.get('access-control-allow-methods') ?? '', /PATCH.*DELETE/);
  assert.match(options.headers.get('access-control-allow-headers') ?? '', /Upload-Checksum/);
  const metadata = await (await archive.handle(new Request(`${BASE}/metadata`))).text();
  assert.match(metadata, /"url":"upload","valueCode":"tus"/);
});
