import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { createArchive } from '../archive.js';
import { stringAt } from '../fhir/json.js';
import { admit, heartStay } from '../testing/sample-hospital.js';
import { TEST_BASE, TestArchive } from '../testing/test-archive.js';
import { createJwtAuth } from './jwt-auth.js';

const sharedKey = 'a shared key of at least 32 bytes!!';
const now = new Date('2026-06-01T00:00:00Z');
const seconds = now.getTime() / 1000;
const claims = { sub: 'dr-heart', name: '王医生', roles: ['DOC'], departments: ['CARD'], exp: seconds + 60 };

function sign(payload: JWTPayload, key: string | CryptoKey = sharedKey, alg = 'HS256'): Promise<string> {
  const raw = typeof key === 'string' ? new TextEncoder().encode(key) : key;
  return new SignJWT(payload).setProtectedHeader({ alg, kid: 'k' }).sign(raw);
}

async function codeFor(authorization: string | undefined): Promise<string> {
  const { store, blobs } = new TestArchive();
  const archive = createArchive({ store, blobs, auth: createJwtAuth({ keys: { sharedKey }, now: () => now }) });
  const headers = authorization === undefined ? {} : { authorization };
  const response = await archive.handle(new Request(`${TEST_BASE}/Practitioner`, { headers }));
  const json: unknown = await response.json();
  return `${response.status} ${stringAt(json, 'issue.details.coding.code') ?? 'ok'}`;
}

describe('bearer tokens', () => {
  it('a good one is accepted, an expired one is told apart, anything else is refused', async () => {
    assert.equal(await codeFor(`Bearer ${await sign(claims)}`), '200 ok');
    assert.equal(await codeFor(`bearer ${await sign(claims)}`), '200 ok');
    assert.equal(await codeFor(`Bearer ${await sign({ ...claims, exp: seconds - 31 })}`), '401 auth-expired');
    assert.equal(
      await codeFor(`Bearer ${await sign({ ...claims, exp: seconds - 20 })}`),
      '200 ok',
      'clocks differ a little',
    );
    const { exp: _exp, ...endless } = claims;
    const { sub: _sub, ...nobody } = claims;
    const wrong = [
      undefined,
      '',
      'Basic abc',
      'Bearer',
      'Bearer abc',
      `Bearer ${await sign(claims, 'another key of at least 32 bytes!!!')}`,
      `Bearer ${await sign({ ...claims, nbf: seconds + 3600 })}`,
      `Bearer ${await sign(endless)}`,
      `Bearer ${await sign(nobody)}`,
      `Bearer ${btoa('{"alg":"none"}').replace(/=/g, '')}.${btoa(JSON.stringify({ ...claims, name: 'x' })).replace(/=/g, '')}.`,
    ];
    for (const [index, header] of wrong.entries())
      assert.equal(await codeFor(header), '401 auth-required', `case ${index}`);
  });

  it('carry roles, departments and the patient; odd claims grant nothing', async () => {
    const auth = createJwtAuth({ keys: { sharedKey }, now: () => now });
    const ask = async (payload: JWTPayload) =>
      auth.authenticate(new Request(TEST_BASE, { headers: { authorization: `Bearer ${await sign(payload)}` } }));
    assert.deepEqual(await ask({ ...claims, patient: 'p1', purpose: 'TREAT' }), {
      userId: 'dr-heart',
      name: '王医生',
      roles: ['DOC'],
      departments: ['CARD'],
      patientId: 'p1',
      purpose: 'TREAT',
    });
    const odd = { ...claims, roles: 'SYS', departments: { 0: 'CARD' }, patient: 7, name: null };
    assert.deepEqual(await ask(odd), { userId: 'dr-heart', name: '', roles: [], departments: [] });
  });

  it('are checked against a key set, which takes no shared-key tokens', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] };
    const auth = createJwtAuth({ keys: { jwks }, now: () => now });
    const ask = (token: string) =>
      auth.authenticate(new Request(TEST_BASE, { headers: { authorization: `Bearer ${token}` } }));
    assert.equal((await ask(await sign(claims, privateKey, 'ES256'))).userId, 'dr-heart');
    await assert.rejects(ask(await sign(claims)), { code: 'auth-required' });
    const other = await generateKeyPair('ES256');
    await assert.rejects(ask(await sign(claims, other.privateKey, 'ES256')), { code: 'auth-required' });
  });

  it('are checked against a key set by its address; a key server that is down is not the user’s fault', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] };
    let status = 503;
    const server = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(jwks));
    });
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
    try {
      const auth = () => createJwtAuth({ keys: { jwksUrl: `http://127.0.0.1:${port}/jwks` }, now: () => now });
      const headers = { authorization: `Bearer ${await sign(claims, privateKey, 'ES256')}` };
      const request = new Request(TEST_BASE, { headers });
      await assert.rejects(auth().authenticate(request), { code: 'network-unavailable' });
      status = 200;
      assert.equal((await auth().authenticate(request)).userId, 'dr-heart');
    } finally {
      server.close();
    }
    await assert.rejects(
      createJwtAuth({ keys: { jwksUrl: `http://127.0.0.1:${port}/jwks` } }).authenticate(
        new Request(TEST_BASE, { headers: { authorization: `Bearer ${await sign(claims, privateKey, 'ES256')}` } }),
      ),
      { code: 'network-unavailable' },
    );
  });

  it('a short shared key is refused at start', () => {
    assert.throws(() => createJwtAuth({ keys: { sharedKey: 'short' } }), { code: 'invalid-argument' });
  });

  it('a 401 names the scheme, and metadata needs no token', async () => {
    const { store, blobs } = new TestArchive();
    await admit(new TestArchive({ store, blobs }), heartStay);
    const archive = createArchive({ store, blobs, auth: createJwtAuth({ keys: { sharedKey } }) });
    const refused = await archive.handle(new Request(`${TEST_BASE}/List/rec-heart`));
    assert.deepEqual([refused.status, refused.headers.get('www-authenticate')], [401, 'Bearer']);
    assert.equal((await archive.handle(new Request(`${TEST_BASE}/metadata`))).status, 200);
  });
});
