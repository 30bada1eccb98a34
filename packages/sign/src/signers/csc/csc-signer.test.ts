import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { ManualClock } from '@anjuan/core/testing';
import { openTestPki, type TestPki } from '../../../../../fixtures/src/pki/index.js';
import { CscSimulator, type CscSimulatorOptions } from '../../testing/csc-simulator.js';
import type { SimulatedKey } from '../../testing/signer-simulator.js';
import type { SignRequest } from '../signer.js';
import type { CscSignerOptions } from './csc-session.js';
import { cscSigner } from './csc-signer.js';

let folder: string;
let pki: TestPki;
let key: SimulatedKey;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjuan-csc-'));
  pki = await openTestPki({ folder: join(folder, 'pki') });
  const { der: certificate, chain, privateKey } = pki.get('doctorEc');
  key = { certificate, chain, privateKey: await privateKey() };
});
after(() => rm(folder, { recursive: true, force: true }));

const request = (fill: number): SignRequest => ({
  kind: 'digest',
  hash: 'sha-256',
  digest: new Uint8Array(32).fill(fill),
});
function open(options: Partial<CscSimulatorOptions> = {}, more: Partial<CscSignerOptions> = {}) {
  const service = new CscSimulator({ credentials: { only: key }, ...options });
  const signer = cscSigner({
    baseUrl: 'https://sign.test/csc/',
    token: () => Promise.resolve('service-token'),
    fetch: service.fetch,
    ...more,
  });
  return { service, signer };
}
const answering = (...answers: (string | undefined)[]) => ({ askSecret: () => Promise.resolve(answers.shift()) });
async function failure(promise: Promise<unknown>): Promise<AnjuanError> {
  const error = await promise.then(
    () => assert.fail('should fail'),
    (cause: unknown) => cause,
  );
  assert.ok(AnjuanError.is(error), String(error));
  return error;
}
const told = async (promise: Promise<unknown>): Promise<unknown[]> => {
  const { code, details } = await failure(promise);
  return [code, details['reason']];
};

describe('cloud signing', () => {
  it('takes the certificate and its chain from the service', async () => {
    const { certificate, chain, algorithm, test } = await open().signer.identity();
    assert.deepEqual([certificate, chain], [key.certificate, key.chain]);
    assert.deepEqual([algorithm, test], [{ kind: 'ecdsa', hash: 'sha-256' }, false]);
  });

  it('signs no digest of a hash that the service would not be told of', async () => {
    const { service, signer } = open({ pin: '1' });
    const longer: SignRequest = { kind: 'digest', hash: 'sha-512', digest: new Uint8Array(64) };
    assert.deepEqual(await told(signer.sign([longer], answering('1'))), ['signer-refused', 'hash']);
    assert.ok(!service.calls.includes('credentials/authorize'), 'nobody was asked for a PIN');
  });

  it('binds the authorization to the digests, in the names of the generation', async () => {
    for (const [version, names] of [
      ['2.0.0.2', ['hashes', 'hashAlgorithmOID']],
      ['1.0.4.0', ['hash', 'hashAlgo']],
    ] as const) {
      const { service, signer } = open({ version, pin: '1' });
      await signer.sign([request(1), request(2)], answering('1'));
      assert.deepEqual(service.calls, [
        'info',
        'credentials/list',
        'credentials/info',
        'credentials/authorize',
        'signatures/signHash',
      ]);
      const sent = JSON.parse(service.bodies.at(-1) ?? '') as Record<string, unknown>;
      for (const name of names) assert.ok(name in sent, `${version} has ${name}`);
    }
  });

  it('sends digests and nothing else of a document; the PIN only with the authorization', async () => {
    const { service, signer } = open({ pin: 'geheim-99' });
    await signer.sign([request(9)], answering('geheim-99'));
    const withPin = service.bodies.flatMap((body, index) => (body.includes('geheim-99') ? [service.calls[index]] : []));
    assert.deepEqual(withPin, ['credentials/authorize']);
  });

  it('asks for a one-time code after having it sent', async () => {
    const { service, signer } = open({ pin: '1', otp: '77' });
    const kinds: string[] = [];
    await signer.sign([request(1)], {
      askSecret: ({ kind }) => {
        kinds.push(kind);
        return Promise.resolve(kind === 'pin' ? '1' : '77');
      },
    });
    assert.deepEqual(kinds, ['pin', 'one-time-code']);
    assert.ok(service.calls.indexOf('credentials/getChallenge') < service.calls.indexOf('credentials/authorize'));
  });

  it('asks only for the code again when the code was wrong', async () => {
    const { signer } = open({ version: '1.0.4.0', pin: '1', otp: '77' });
    const questions: string[] = [];
    const codes = ['70', '77'];
    await signer.sign([request(1)], {
      askSecret: ({ kind, again }) => {
        questions.push(`${kind}${again ? ' again' : ''}`);
        return Promise.resolve(kind === 'pin' ? '1' : codes.shift());
      },
    });
    assert.deepEqual(questions, ['pin', 'one-time-code', 'one-time-code again']);
  });

  it("counts wrong PINs: 'signer-pin-wrong', then 'signer-locked'", async () => {
    const { signer } = open({ pin: '1', attempts: 4 });
    assert.deepEqual(await told(signer.sign([request(1)], answering('x', 'x', 'x'))), ['signer-pin-wrong', undefined]);
    assert.deepEqual(await told(signer.sign([request(1)], answering('x'))), ['signer-locked', undefined]);
  });

  it("signs with the credential that is chosen; none is 'signer-not-found', no choice 'signer-cancelled'", async () => {
    const credentials = { first: key, second: key };
    const chosen = open({ credentials }, { chooseCredential: (ids) => Promise.resolve(ids[1]) });
    await chosen.signer.sign([request(1)]);
    assert.ok(chosen.service.bodies.at(-1)?.includes('"second"'));
    const named = open({ credentials }, { credentialId: 'first' });
    await named.signer.identity();
    assert.ok(!named.service.calls.includes('credentials/list'));
    const undecided = open({ credentials }, { chooseCredential: () => Promise.resolve(undefined) });
    assert.deepEqual(await told(undecided.signer.identity()), ['signer-cancelled', undefined]);
    assert.deepEqual(await told(open({ credentials }).signer.identity()), ['signer-refused', 'several-credentials']);
    assert.deepEqual(await told(open({ credentials: {} }).signer.identity()), ['signer-not-found', undefined]);
  });

  it("passes on a refusal: 'signer-refused'", async () => {
    const { service, signer } = open({ pin: '1' });
    service.refusing = 'access_denied';
    assert.deepEqual(await told(signer.sign([request(1)], answering('1'))), ['signer-refused', 'access_denied']);
    const stranger = open({}, { token: () => Promise.resolve('old') });
    assert.deepEqual(await told(stranger.signer.identity()), ['signer-refused', 'invalid_token']);
    assert.deepEqual(await told(open({ disabled: true }).signer.identity()), ['signer-refused', 'key-disabled']);
    const many = open({ multisign: 1 });
    assert.deepEqual(await told(many.signer.sign([request(1), request(2)])), ['signer-refused', 'too-many']);
    assert.equal(many.service.signatures, 0);
    const mixed: SignRequest = { kind: 'digest', hash: 'sha-384', digest: new Uint8Array(48) };
    assert.deepEqual(await told(open().signer.sign([request(1), mixed])), ['signer-refused', 'mixed-hashes']);
  });

  it('never shows words of the service', async () => {
    const fetch: typeof globalThis.fetch = () =>
      Promise.resolve(Response.json({ error: '张三 has no key', error_description: '张三' }, { status: 400 }));
    const error = await failure(open({}, { fetch }).signer.identity());
    assert.ok(!JSON.stringify(error).includes('张三') && !error.message.includes('张三'));
  });

  it("says when the service cannot be reached: 'signer-unavailable'", async () => {
    const { service, signer } = open();
    service.failing = 503;
    assert.deepEqual(await told(signer.identity()), ['signer-unavailable', 'http-status']);
    service.failing = undefined;
    assert.ok(await signer.identity(), 'and works when it is back');
    const clock = new ManualClock();
    const slow = open({}, { clock, timeoutMs: 5000 });
    slow.service.silent = true;
    assert.deepEqual(await told(clock.settle(slow.signer.identity())), ['signer-unavailable', 'timeout']);
  });

  it("says when an answer makes no sense: 'signer-protocol'", async () => {
    const answers: readonly [unknown, string][] = [
      ['<html>', 'json'],
      [{}, 'specs'],
      [{ specs: '3.0.0' }, 'specs'],
    ];
    for (const [answer, reason] of answers) {
      const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
      const fetch: typeof globalThis.fetch = () => Promise.resolve(new Response(text));
      assert.deepEqual(await told(open({}, { fetch }).signer.identity()), ['signer-protocol', reason]);
    }
    const { service, signer } = open();
    const few: typeof globalThis.fetch = async (input, init) =>
      String(input).endsWith('signHash') ? Response.json({ signatures: [] }) : service.fetch(input, init);
    await signer.identity();
    assert.deepEqual(await told(open({}, { fetch: few }).signer.sign([request(1)])), [
      'signer-protocol',
      'signature-count',
    ]);
  });

  it('authorizes by OAuth where the service wants that', async () => {
    const asked: unknown[] = [];
    const { signer } = open(
      { mode: 'oauth2code' },
      {
        authorizeByOAuth: ({ credentialId, hashes }) => {
          asked.push(credentialId, hashes.length);
          return Promise.resolve('oauth-sad');
        },
      },
    );
    assert.equal((await signer.sign([request(1), request(2)])).length, 2);
    assert.deepEqual(asked, ['only', 2]);
    assert.deepEqual(await told(open({ mode: 'oauth2code' }).signer.sign([request(1)])), [
      'signer-refused',
      'oauth-needed',
    ]);
  });

  it('signs with PSS where the key does nothing else', async () => {
    const { der: certificate, chain, privateKey } = pki.get('doctorRsa');
    const { signer, service } = open({
      credentials: { only: { certificate, chain, privateKey: await privateKey() } },
      pssOnly: true,
    });
    const { algorithm } = await signer.identity();
    assert.deepEqual(algorithm, { kind: 'rsa-pss', hash: 'sha-256', saltBytes: 32 });
    await signer.sign([request(1)]);
    const sent = JSON.parse(service.bodies.at(-1) ?? '') as Record<string, string>;
    assert.equal(sent['signAlgo'], '1.2.840.113549.1.1.10');
    assert.ok((sent['signAlgoParams'] ?? '').length > 20);
  });
});
