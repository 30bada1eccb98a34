import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AnjuanError, Scope } from '@anjuan/core';
import { openTestPki, type TestPki } from '../../../../../fixtures/src/pki/index.js';
import { openCryptoEngine } from '../../crypto/index.js';
import { UkeySimulator, type SimulatedUkey } from '../../testing/ukey-simulator.js';
import { parseCertificate } from '../../x509/index.js';
import type { SignRequest } from '../signer.js';
import { watchUkeys } from './ukey-events.js';
import type { UkeySignerOptions } from './ukey-session.js';
import { ukeySigner } from './ukey-signer.js';

let folder: string;
let pki: TestPki;
let doctor: SimulatedUkey;
let nurse: SimulatedUkey;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjuan-ukey-'));
  pki = await openTestPki({ folder: join(folder, 'pki') });
  const { der, privateKey } = pki.get('doctorSm2');
  const exchangeCertificate = pki.get('doctorSm2Encryption').der;
  const picture = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1);
  const common = { exchangeCertificate, picture, pin: '12345678' };
  doctor = { ...common, name: '测试医师 丁', certId: 'SN-1', certificate: der, privateKey: await privateKey() };
  const other = pki.get('doctorRsa');
  nurse = {
    name: '测试医师 甲',
    certId: 'SN-2',
    certificate: other.der,
    privateKey: await other.privateKey(),
    pin: '0',
  };
});
after(() => rm(folder, { recursive: true, force: true }));

const bytes: SignRequest = { kind: 'bytes', data: Uint8Array.of(0x31, 0x80, 0xff, 0) };
const withPin = { askSecret: () => Promise.resolve('12345678') };
function open(options: UkeySignerOptions = {}, keys = [doctor]) {
  const service = new UkeySimulator(keys);
  return { service, signer: ukeySigner({ fetch: service.fetch, pageHost: 'his.hospital.test', ...options }) };
}
async function told(promise: Promise<unknown>): Promise<unknown[]> {
  const error = await promise.then(
    () => assert.fail('should fail'),
    (cause: unknown) => cause,
  );
  assert.ok(AnjuanError.is(error), String(error));
  return [error.code, error.details['reason']];
}

describe('a UKey', () => {
  it('gives its signing certificate, the chain of the host and the picture of its seal', async () => {
    const { signer } = open({ picture: true, chain: pki.get('doctorSm2').chain });
    const identity = await signer.identity();
    assert.deepEqual(identity.certificate, doctor.certificate);
    assert.deepEqual([identity.algorithm, identity.test], [{ kind: 'sm2' }, false]);
    assert.deepEqual(identity.chain, pki.get('doctorSm2').chain);
    assert.deepEqual(identity.sealPicture, { bytes: doctor.picture, mime: 'image/png' });
  });

  it("refuses the exchange certificate of the pair: 'certificate-not-for-signing'", async () => {
    const { service, signer } = open();
    service.swapped = true;
    assert.deepEqual(await told(signer.identity()), ['certificate-not-for-signing', 'exchange-certificate']);
    assert.deepEqual(await told(signer.sign([bytes], withPin)), [
      'certificate-not-for-signing',
      'exchange-certificate',
    ]);
  });

  it('passes on what the service says of the certificate', async () => {
    const { service, signer } = open();
    const codes: string[] = [];
    for (service.verdict of [-2, -3, -4, -5]) codes.push(String((await told(signer.identity()))[0]));
    assert.deepEqual(codes, [
      'certificate-expired',
      'certificate-revoked',
      'signer-refused',
      'certificate-not-yet-valid',
    ]);
    service.verdict = -1;
    assert.ok(await signer.identity(), 'trust is for our own checks to say');
  });

  it("says that no key is plugged: 'signer-not-found'", async () => {
    const { service, signer } = open();
    service.setPlugged('SN-1', false);
    assert.deepEqual(await told(signer.identity()), ['signer-not-found', undefined]);
    service.setPlugged('SN-1', true);
    assert.ok(await signer.identity());
  });

  it('lets the user choose among several keys', async () => {
    const keys = [doctor, nurse];
    const { signer } = open(
      { chooseUser: (users) => Promise.resolve(users.find(({ certId }) => certId === 'SN-2')) },
      keys,
    );
    assert.deepEqual((await signer.identity()).certificate, nurse.certificate);
    assert.deepEqual(await told(open({}, keys).signer.identity()), ['signer-refused', 'several-keys']);
    const undecided = open({ chooseUser: () => Promise.resolve(undefined) }, keys);
    assert.deepEqual(await told(undecided.signer.identity()), ['signer-cancelled', undefined]);
  });

  it('signs nothing when the key was swapped after the document was prepared', async () => {
    const { service, signer } = open({}, [doctor, { ...nurse, pin: '12345678' }]);
    service.setPlugged('SN-2', false);
    await signer.identity();
    service.setPlugged('SN-1', false);
    service.setPlugged('SN-2', true);
    assert.deepEqual(await told(signer.sign([bytes], withPin)), ['signer-not-found', 'key-changed']);
    assert.equal(service.signatures, 0);
  });

  it('gives nothing when the key is pulled between two signatures', async () => {
    const { service, signer } = open();
    const pulling: typeof fetch = async (input, init) => {
      const answer = await service.fetch(input, init);
      if (service.calls.at(-1) === 'SOF_SignDataBase64') service.setPlugged('SN-1', false);
      return answer;
    };
    const pulled = ukeySigner({ fetch: pulling, pageHost: 'his.hospital.test' });
    assert.deepEqual(await told(pulled.sign([bytes, bytes], withPin)), ['signer-not-found', 'key-pulled']);
    service.setPlugged('SN-1', true);
    assert.equal((await signer.sign([bytes], withPin)).length, 1);
  });

  it("says wrong PINs with the tries left ('signer-pin-wrong'), then 'signer-locked', and never tries a locked key", async () => {
    const { service, signer } = open({}, [{ ...doctor, attempts: 5 }]);
    const wrong = { askSecret: () => Promise.resolve('0') };
    const error = await signer.sign([bytes], wrong).catch((cause: unknown) => cause);
    assert.ok(AnjuanError.is(error, 'signer-pin-wrong'));
    assert.deepEqual(error.details, { attemptsLeft: 2 });
    assert.deepEqual(await told(signer.sign([bytes], wrong)), ['signer-locked', undefined]);
    const logins = service.calls.filter((name) => name === 'SOF_Login').length;
    assert.deepEqual(await told(signer.sign([bytes], withPin)), ['signer-locked', undefined]);
    assert.equal(service.calls.filter((name) => name === 'SOF_Login').length, logins);
  });

  it("is cancelled when the user closes the key's window: 'signer-cancelled'", async () => {
    const { service, signer } = open();
    service.windowClosed = true;
    assert.deepEqual(await told(signer.sign([bytes], withPin)), ['signer-cancelled', undefined]);
    service.windowClosed = false;
    service.failAfter = 0;
    assert.deepEqual(await told(signer.sign([bytes], withPin)), ['signer-refused', 'service']);
  });

  it('logs out after every signing, also after a failed one, and sets the method first', async () => {
    const { service, signer } = open();
    const logouts = (): number => service.calls.filter((name) => name === 'SOF_Logout').length;
    await signer.sign([bytes], withPin);
    await signer.identity();
    assert.equal(logouts(), 1);
    assert.ok(service.calls.indexOf('SOF_SetSignMethod') < service.calls.indexOf('SOF_SignDataBase64'));
    service.failAfter = 0;
    await told(signer.sign([bytes], withPin));
    await signer.identity();
    assert.equal(logouts(), 2);
    const withThePin = service.calls.filter((_name, index) => service.bodies[index]?.includes('12345678'));
    assert.deepEqual(new Set(withThePin), new Set(['SOF_Login']), 'the PIN goes with the login only');
  });

  it('closes the key when the answer to the PIN was not waited for, and forgets its session', async () => {
    const { service } = open();
    const controller = new AbortController();
    const aborting: typeof fetch = async (input, init) => {
      const answer = await service.fetch(input, init);
      if (service.calls.at(-1) === 'SOF_Login') controller.abort();
      return answer;
    };
    const signer = ukeySigner({ fetch: aborting, pageHost: 'his.hospital.test' });
    assert.deepEqual(await told(signer.sign([bytes], { ...withPin, signal: controller.signal })), [
      'aborted',
      undefined,
    ]);
    await signer.identity();
    assert.equal(service.calls.filter((name) => name === 'SOF_Logout').length, 1);
    assert.doesNotMatch(service.bodies.at(-1) ?? '', /"token"/, 'no session is left to others');
    assert.equal(service.signatures, 0);
  });

  it('leaves the key alone when no PIN was given', async () => {
    const { service, signer } = open();
    const nobody = { askSecret: () => Promise.resolve(undefined) };
    assert.deepEqual(await told(signer.sign([bytes], nobody)), ['signer-cancelled', undefined]);
    assert.deepEqual(
      service.calls.filter((name) => /Log(in|out)/.test(name)),
      [],
    );
  });

  it('refuses a service that sends the page elsewhere, or answers without end', async () => {
    const elsewhere: typeof fetch = () => Promise.resolve(Response.redirect('http://127.0.0.1:9/synctl'));
    assert.deepEqual(await told(open({ fetch: elsewhere }).signer.identity()), ['signer-unavailable', 'redirect']);
    const endless: typeof fetch = () => Promise.resolve(new Response(new Uint8Array(3 * 1024 * 1024)));
    assert.deepEqual(await told(open({ fetch: endless }).signer.identity()), ['signer-unavailable', 'too-large']);
  });

  it('quotes no answer in its errors, where names may stand', async () => {
    const broken: typeof fetch = () => Promise.resolve(new Response('{"retVal":"测试医师 丁||SN'));
    const error = await open({ fetch: broken })
      .signer.identity()
      .catch((cause: unknown) => cause);
    assert.ok(AnjuanError.is(error, 'signer-protocol'));
    assert.doesNotMatch(`${String(error)} ${String(error.cause)} ${JSON.stringify(error.details)}`, /测试医师|SN/);
  });

  it('ends at once when aborted, though the service answers nothing any more', async () => {
    const { service, signer } = open();
    const controller = new AbortController();
    const asked = signer.sign([bytes], {
      signal: controller.signal,
      askSecret: () => {
        service.silent = true;
        queueMicrotask(() => controller.abort());
        return Promise.resolve('12345678');
      },
    });
    assert.deepEqual(await told(asked), ['aborted', undefined]);
  });

  it('signs exact bytes, or text where the service takes only that', async () => {
    const text: SignRequest = { kind: 'bytes', data: new TextEncoder().encode('病程记录') };
    const { signer } = open({ bytesFunction: 'SOF_SignData' });
    const [signature = new Uint8Array()] = await signer.sign([text], withPin);
    const publicKey = parseCertificate(doctor.certificate).spki;
    const engine = await openCryptoEngine();
    assert.ok(await engine.verify({ algorithm: { kind: 'sm2' }, publicKey, signature, data: text.data }));
    assert.deepEqual(await told(signer.sign([bytes], withPin)), ['signer-refused', 'not-text']);
  });

  it('knows the numbers of hashes, and says which it does not know', async () => {
    const digest: SignRequest = { kind: 'digest', hash: 'sha-384', digest: new Uint8Array(48) };
    assert.deepEqual(await told(open({ capabilities: ['digest'] }).signer.sign([digest], withPin)), [
      'signer-refused',
      'hash',
    ]);
  });

  it("tells a service that does not run from one that the browser forbids: 'signer-service-missing', 'signer-service-blocked'", async () => {
    const state = (answer: string) => ({ query: () => Promise.resolve({ state: answer }) });
    const codes: unknown[] = [];
    for (const permissions of [state('granted'), state('denied'), state('prompt')]) {
      const { service, signer } = open({ permissions });
      service.running = false;
      codes.push((await told(signer.identity()))[0]);
    }
    assert.deepEqual(codes, ['signer-service-missing', 'signer-service-blocked', 'signer-service-blocked']);
    const { service, signer } = open({ permissions: state('denied'), pageHost: 'localhost' });
    service.running = false;
    assert.equal(
      (await told(signer.identity()))[0],
      'signer-service-missing',
      'a page of this computer crosses no border',
    );
  });

  it("says what no service would answer: 'signer-protocol'", async () => {
    const wrong: readonly [object, string][] = [
      [{ retVal: 'a name without a certificate&&&' }, 'user-list'],
      [{ retVal: 'n||SN&&&' }, 'certificate'],
    ];
    for (const [answer, reason] of wrong) {
      const { signer } = open({ fetch: () => Promise.resolve(Response.json(answer)) });
      assert.deepEqual(await told(signer.identity()), ['signer-protocol', reason]);
    }
  });
});

describe('the events of keys', () => {
  it('come while the scope lives, and over a new connection when the service was away', async () => {
    const { service } = open();
    const scope = new Scope();
    let changes = 0;
    watchUkeys({
      scope,
      WebSocket: service.events.WebSocket,
      retryMs: 1,
      onChange: () => (changes += 1),
    });
    await until(() => service.events.connections === 1);
    service.events.sendText('not json');
    service.events.broadcast({ call_cmd_id: 'other' });
    service.setPlugged('SN-1', false);
    assert.equal(changes, 1);
    service.events.drop();
    await until(() => service.events.connections === 1);
    service.setPlugged('SN-1', true);
    assert.equal(changes, 2);
    scope.dispose();
    assert.equal(service.events.connections, 0);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
