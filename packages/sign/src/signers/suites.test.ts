import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { SuiteRunner } from '@anjuan/core/testing';
import { openTestPki, type TestCertificateName, type TestPki } from '../../../../fixtures/src/pki/index.js';
import { checkSignerInfo, parseSignedData } from '../cms/index.js';
import { openCryptoEngine } from '../crypto/index.js';
import { sm2Digest, sm2PointOfSpki } from '../gm/index.js';
import { CscSimulator, type CscSimulatorOptions } from '../testing/csc-simulator.js';
import { signerSuite, type SignerFixture } from '../testing/signer-suite.js';
import { UkeySimulator } from '../testing/ukey-simulator.js';
import { parseCertificate } from '../x509/index.js';
import { cscSigner, pkcs12Signer, ukeySigner, webCryptoSigner, type SignRequest } from './index.js';

const runner: SuiteRunner = {
  describe: (name, body) => void describe(name, body),
  it: (name, body) => void it(name, body),
};
let folder: string;
let pki: TestPki;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjuan-signers-'));
  pki = await openTestPki({ folder: join(folder, 'pki') });
});
after(() => rm(folder, { recursive: true, force: true }));

const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(data).digest());
const digestRequest = (data: Uint8Array): SignRequest => ({ kind: 'digest', hash: 'sha-256', digest: sha256(data) });
const bytesRequest = (data: Uint8Array): SignRequest => ({ kind: 'bytes', data });
const sm2Request =
  (certificate: Uint8Array) =>
  (data: Uint8Array): SignRequest => {
    const publicKey = sm2PointOfSpki(parseCertificate(certificate).spki);
    return { kind: 'digest', hash: 'sm3', digest: sm2Digest({ publicKey, data }) };
  };

async function keyOf(name: TestCertificateName) {
  const { der: certificate, chain, privateKey } = pki.get(name);
  return { certificate, chain, privateKey: await privateKey() };
}

async function cscFixture(name: TestCertificateName, options: Partial<CscSimulatorOptions>): Promise<SignerFixture> {
  const key = await keyOf(name);
  const service = new CscSimulator({ credentials: { 'cred-1': key }, ...options });
  return {
    signer: cscSigner({
      baseUrl: 'https://sign.test/csc',
      token: () => Promise.resolve('service-token'),
      fetch: service.fetch,
    }),
    request: pki.get(name).blueprint.key === 'sm2' ? sm2Request(key.certificate) : digestRequest,
    ...(options.pin !== undefined && { pin: options.pin, lock: () => service.lock('cred-1') }),
    ...(options.otp !== undefined && { oneTimeCode: options.otp }),
    stop: () => (service.running = false),
    silence: () => (service.silent = true),
    failSecond: () => (service.failAfter = service.signatures + 1),
    heal: () => {
      service.running = true;
      service.failAfter = Infinity;
    },
    made: () => service.signatures,
  };
}

async function ukeyFixture(
  name: TestCertificateName,
  { answers, request, holds }: Pick<SignerFixture, 'request' | 'holds'> & { readonly answers?: 'retVal' | 'retValue' },
): Promise<SignerFixture> {
  const { certificate, privateKey, chain } = await keyOf(name);
  const service = new UkeySimulator([{ name: '测试医师', certId: 'SN1', certificate, privateKey, pin: '12345678' }]);
  service.answers = answers ?? 'retVal';
  return {
    signer: ukeySigner({
      fetch: service.fetch,
      chain,
      pageHost: 'his.hospital.test',
      capabilities: ['bytes', 'digest', 'cms'],
    }),
    request,
    ...(holds && { holds }),
    pin: '12345678',
    countsAttempts: true,
    lock: () => service.lock('SN1'),
    stop: () => (service.running = false),
    stoppedCode: 'signer-service-missing',
    silence: () => (service.silent = true),
    failSecond: () => (service.failAfter = service.signatures + 1),
    heal: () => {
      service.running = true;
      service.failAfter = Infinity;
    },
    made: () => service.signatures,
  };
}

const cmsHolds = async (value: Uint8Array, data: Uint8Array): Promise<boolean> => {
  const engine = await openCryptoEngine();
  const check = await checkSignerInfo({
    signedData: parseSignedData(value),
    contentDigest: () => sha256(data),
    engine,
  });
  return check.status === 'valid';
};

const pinned = { pin: '2468', version: '2.0.0.2' } as const;
signerSuite(runner, 'CSC v2, RSA, PIN, SCAL2', () => cscFixture('doctorRsa', pinned));
signerSuite(runner, 'CSC v2, P-256 raw values, PIN and one-time code', () =>
  cscFixture('doctorEc', { ...pinned, otp: '0099', rawSignatures: true }),
);
signerSuite(runner, 'CSC v2, SM2, SCAL1, no secret', () => cscFixture('doctorSm2', { scal: 1, mode: 'implicit' }));
signerSuite(runner, 'CSC v1, RSA, PIN and one-time code', () =>
  cscFixture('doctorRsa3072', { version: '1.0.4.0', pin: '1357', otp: '0099' }),
);
signerSuite(runner, 'UKey, SM2, bytes', () => ukeyFixture('doctorSm2', { request: bytesRequest }));
signerSuite(runner, 'UKey, RSA, digest, retValue', () =>
  ukeyFixture('doctorRsa', { request: digestRequest, answers: 'retValue' }),
);
signerSuite(runner, 'UKey, RSA, CMS', () =>
  ukeyFixture('doctorRsa', {
    request: (data) => ({ kind: 'cms', hash: 'sha-256', digest: sha256(data) }),
    holds: cmsHolds,
  }),
);
for (const name of ['doctorRsa', 'doctorEc', 'doctorSm2'] as const) {
  signerSuite(runner, `PKCS#12, ${name}, password asked for`, async () => ({
    signer: pkcs12Signer({ file: await pki.pkcs12(name, { password: '口令-12' }) }),
    request: bytesRequest,
    pin: '口令-12',
    asksAtOpening: true,
  }));
}
signerSuite(runner, 'PKCS#12, AES-128 and SHA-512, password given', async () => ({
  signer: pkcs12Signer({
    file: await pki.pkcs12('sealSm2', { password: 'x', protection: 'aes-128-cbc', mac: 'sha512' }),
    password: 'x',
  }),
  request: bytesRequest,
}));
for (const [name, algorithm] of [
  ['doctorRsa', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }],
  ['doctorRsa3072', { name: 'RSA-PSS', hash: 'SHA-384' }],
  ['doctorEc', { name: 'ECDSA', namedCurve: 'P-256' }],
] as const) {
  signerSuite(runner, `WebCrypto, ${algorithm.name}`, async () => {
    const { certificate, chain, privateKey } = await keyOf(name);
    const key = await crypto.subtle.importKey('pkcs8', privateKey, algorithm, false, ['sign']);
    return { signer: webCryptoSigner({ key, certificate, chain }), request: bytesRequest };
  });
}

describe('test keys', () => {
  it('say that they are test keys; others do not', async () => {
    const p12 = pkcs12Signer({ file: await pki.pkcs12('doctorEc', { password: 'x' }), password: 'x' });
    const { test, chain, certificate } = await p12.identity();
    assert.equal(test, true);
    assert.deepEqual(certificate, pki.get('doctorEc').der);
    assert.deepEqual(chain, pki.get('doctorEc').chain, 'the chain in order, the root included');
    const csc = await cscFixture('doctorRsa', {});
    assert.equal((await csc.signer.identity()).test, false);
  });
});
