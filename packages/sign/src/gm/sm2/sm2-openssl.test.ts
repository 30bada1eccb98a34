import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, getCurves, randomBytes, sign, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadGmKernels, sm2PointOfSpki, sm2Sign, sm2VerifySpki } from '../index.js';

const skip = !getCurves().includes('SM2')
  ? 'the OpenSSL of this Node has no SM2'
  : spawnSync('openssl', ['version']).status !== 0
    ? 'openssl is not installed'
    : false;
const folder = mkdtempSync(join(tmpdir(), 'anjuan-sm2-'));
const at = (name: string): string => join(folder, name);
after(() => {
  rmSync(folder, { recursive: true });
});
const openssl = (...args: readonly string[]): Buffer =>
  execFileSync('openssl', [...args], { stdio: ['ignore', 'pipe', 'ignore'] });
const withId = ['-sigopt', 'distid:1234567812345678'];

/** A key pair of OpenSSL's own making. */
function makeKey(): { readonly pem: string; readonly d: Uint8Array; readonly spki: Uint8Array } {
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-out', at('key.pem'));
  const pem = readFileSync(at('key.pem'), 'utf8');
  const pkcs8 = openssl('pkey', '-in', at('key.pem'), '-outform', 'DER');
  const spki = new Uint8Array(openssl('pkey', '-in', at('key.pem'), '-pubout', '-outform', 'DER'));
  // ECPrivateKey inside PKCS#8: version 1, then 32 bytes of key.
  const start = pkcs8.indexOf(Buffer.from('0201010420', 'hex')) + 5;
  return { pem, d: new Uint8Array(pkcs8.subarray(start, start + 32)), spki };
}

// Node gives OpenSSL no user id: Z_A is that of the empty one.
test('200 signatures each way are accepted by OpenSSL and by us, and none of other data', { skip }, async () => {
  const kernels = await loadGmKernels();
  const { pem, d, spki } = makeKey();
  const [ownKey, theirKey] = [createPrivateKey(pem), createPublicKey(pem)];
  const userId = new Uint8Array(0);
  const publicKey = sm2PointOfSpki(spki);
  for (let count = 0; count < 200; count += 1) {
    const data = randomBytes(count);
    const ours = sm2Sign({ privateKey: d, publicKey, data, userId, kernels });
    assert.ok(verify('sm3', data, theirKey, ours));
    const signature = sign('sm3', data, ownKey);
    assert.ok(sm2VerifySpki(spki, { data, signature, userId, ...(count % 2 > 0 ? { kernels } : {}) }));
    assert.ok(!sm2VerifySpki(spki, { data: Buffer.concat([data, data, spki]), signature, userId, kernels }));
  }
});

test('openssl dgst and we agree with the default user id', { skip }, () => {
  const { d, spki } = makeKey();
  for (const data of [new Uint8Array(0), randomBytes(1000)]) {
    writeFileSync(at('data'), data);
    openssl('dgst', '-sm3', '-sign', at('key.pem'), ...withId, '-out', at('signature'), at('data'));
    assert.ok(sm2VerifySpki(spki, { data, signature: new Uint8Array(readFileSync(at('signature'))) }));
    writeFileSync(at('ours'), sm2Sign({ privateKey: d, data }));
    const said = openssl('dgst', '-sm3', '-prverify', at('key.pem'), ...withId, '-signature', at('ours'), at('data'));
    assert.match(said.toString(), /Verified OK/);
  }
});
