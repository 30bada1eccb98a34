import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { after, before, describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { jwtVerify } from 'jose';
import { sharedKeyBytes } from '../auth/jwt-auth.js';
import { devLogin } from './dev-login.js';
import { samplePatient, sampleUsers } from './dev-users.js';
import { createHttpApp } from './http-app.js';
import type { PagePolicy } from './security-headers.js';
import { listen } from './listen.js';
import { developmentKey } from './development-key.js';

const archive = { handle: (request: Request) => Promise.resolve(new Response(new URL(request.url).pathname)) };
const key = sharedKeyBytes('a key for tests, long enough for HS256');
let dir = '';

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'anjuan-'));
  await mkdir(join(dir, 'site'));
  await writeFile(join(dir, 'site/index.html'), '<!doctype html><title>x</title>');
  await writeFile(join(dir, 'site/app.js'), 'export {};');
  await writeFile(join(dir, 'secret.txt'), 'secret');
});
after(() => rm(dir, { recursive: true, force: true }));

function app(policy: PagePolicy = {}) {
  const users = () => Promise.resolve([...sampleUsers, samplePatient('pt-1')]);
  const sites = [{ prefix: '/emr/', folder: join(dir, 'site') }];
  const services = [{ prefix: '/pki/', handle: ({ url }: Request) => Promise.resolve(new Response(`service ${url}`)) }];
  return createHttpApp({ archive, sites, services, policy, devLogin: devLogin({ key, users }), home: '/emr/' });
}
const get = (path: string, init?: RequestInit, host = '127.0.0.1:8680') =>
  Promise.resolve(app().fetch(new Request(`http://${host}${path}`, init)));

describe('the server', () => {
  it('hands the archive everything below /fhir', async () => {
    assert.equal(await (await get('/fhir/List/1/$record-manifest')).text(), '/fhir/List/1/$record-manifest');
    assert.equal(await (await get('/fhir?x=1', { method: 'POST' })).text(), '/fhir');
  });

  it('lets a service of the house answer below its path, and nowhere else', async () => {
    const answer = await get('/pki/tsa', { method: 'POST' });
    assert.equal(await answer.text(), 'service http://127.0.0.1:8680/pki/tsa');
    assert.equal((await get('/pkitsa')).status, 404);
  });

  it('sends pages and scripts with the strict policy', async () => {
    for (const [path, type] of [
      ['/emr/', 'text/html'],
      ['/emr/app.js', 'text/javascript'],
    ] as const) {
      const response = await get(path);
      assert.equal(response.status, 200);
      assert.ok(response.headers.get('content-type')?.startsWith(type));
      const policy = response.headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
      assert.match(policy, /require-trusted-types-for 'script'; trusted-types lit-html anjuan/);
      assert.doesNotMatch(policy.replace("'wasm-unsafe-eval'", ''), /unsafe/);
      assert.match(response.headers.get('permissions-policy') ?? '', /camera=\(self\).*microphone=\(\)/);
    }
    assert.equal((await get('/')).headers.get('location'), '/emr/');
  });

  it('forbids WebAssembly, too, where a house wants that', async () => {
    const response = await app({ wasm: false }).fetch(new Request('http://127.0.0.1/emr/'));
    assert.match(response.headers.get('content-security-policy') ?? '', /script-src 'self';/);
  });

  it('revalidates by ETag and never leaves its folder', async () => {
    const etag = (await get('/emr/app.js')).headers.get('etag') ?? '';
    assert.equal((await get('/emr/app.js', { headers: { 'if-none-match': etag } })).status, 304);
    for (const path of [
      '/emr/../secret.txt',
      '/emr/%2e%2e/secret.txt',
      '/emr/..%2fsecret.txt',
      '/emr/%00',
      '/emr/%zz',
      '/emr/none',
    ]) {
      const response = await get(path);
      assert.equal(response.status, 404, path);
      assert.doesNotMatch(await response.text(), /secret$/);
    }
  });

  it('compresses texts for who accepts it, and only what gains by it', async () => {
    const script = 'export const text = 1;\n'.repeat(200);
    await writeFile(join(dir, 'site/long.js'), script);
    const ask = (accept: string, path = '/emr/long.js') => get(path, { headers: { 'accept-encoding': accept } });
    const packed = await ask('br, gzip;q=0.8');
    assert.equal(packed.headers.get('content-encoding'), 'gzip');
    assert.match(packed.headers.get('vary') ?? '', /accept-encoding/i);
    const etag = packed.headers.get('etag') ?? '';
    assert.match(etag, /^W\//);
    const bytes = new Uint8Array(await packed.arrayBuffer());
    assert.equal(packed.headers.get('content-length'), String(bytes.byteLength));
    assert.equal(gunzipSync(bytes).toString(), script);
    assert.equal((await get('/emr/long.js', { headers: { 'if-none-match': etag } })).status, 304);
    for (const accept of ['', 'br', 'gzip;q=0', 'x-gzip2']) {
      const plain = await ask(accept);
      assert.deepEqual([plain.headers.get('content-encoding'), await plain.text()], [null, script], accept);
    }
    assert.equal((await ask('gzip', '/emr/app.js')).headers.get('content-encoding'), null);
  });

  it('signs sample users in on loopback only', async () => {
    const users = (await (await get('/dev/users')).json()) as { id: string }[];
    assert.deepEqual(
      users.map(({ id }) => id),
      ['doctor', 'clerk', 'patient'],
    );
    const login = (user: unknown, init: RequestInit = {}, host?: string) =>
      get('/dev/login', { method: 'POST', body: JSON.stringify({ user }), ...init }, host);
    const { token, expiresInS } = (await (await login('patient')).json()) as { token: string; expiresInS: number };
    const { payload } = await jwtVerify(token, key);
    assert.deepEqual([payload.sub, payload['roles'], payload['patient']], ['pt-1', ['PAT'], 'pt-1']);
    assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), expiresInS);
    assert.equal((await login('root')).status, 400);
    assert.equal((await login('doctor', { body: 'no json' })).status, 400);
    assert.equal((await login('doctor', {}, 'hospital.example')).status, 403);
    assert.equal((await login('doctor', { headers: { origin: 'http://evil.example' } })).status, 403);
  });

  it('says when its port is busy and takes the next one', async () => {
    const fetch = () => new Response('ok');
    const first = await listen({ fetch, hostname: '127.0.0.1', port: 0 });
    const busy: number[] = [];
    const onBusy = (port: number): number => busy.push(port);
    const taken = { fetch, hostname: '127.0.0.1', port: first.port, onBusy };
    await assert.rejects(listen(taken), (error) => AnjuanError.is(error, 'network-unavailable'));
    const second = await listen({ ...taken, spares: 50 });
    assert.ok(second.port > first.port && busy.includes(first.port));
    assert.equal(await (await globalThis.fetch(`http://127.0.0.1:${String(second.port)}/`)).text(), 'ok');
    await Promise.all([first.close(), second.close()]);
  });

  it('keeps one development key for a data folder and refuses short keys', async () => {
    assert.deepEqual(await developmentKey(join(dir, 'data')), await developmentKey(join(dir, 'data')));
    assert.throws(
      () => sharedKeyBytes('short'),
      (error) => AnjuanError.is(error, 'invalid-argument'),
    );
  });
});
