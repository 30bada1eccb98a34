import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { ManualClock } from '@anjuan/core/testing';
import {
  handlerFetch,
  openTestPki,
  pkiHandler,
  type TestCertificateName,
  type TestPki,
} from '../../../../fixtures/src/pki/index.js';
import { issueCertificate } from '../testing/issue-certificate.js';
import { parseCertificate, parseCrl, parseOcspResponse } from '../x509/index.js';
import { makeOcsp, ocspUnknown } from '../x509/testing/revocation-evidence.js';
import { fixedTrustStore, hostRevocation, networkRevocation, type RevocationEvidence } from './index.js';

let folder: string;
let pki: TestPki;
let online: typeof fetch;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjuan-revocation-'));
  pki = await openTestPki({ folder: join(folder, 'pki') });
  online = handlerFetch(pkiHandler(pki));
});
after(() => rm(folder, { recursive: true, force: true }));

const about = (name: TestCertificateName, signal?: AbortSignal) => ({
  certificate: pki.get(name).der,
  issuer: pki.get(name).chain[0] ?? pki.get(name).der,
  ...(signal && { signal }),
});
const statusOf = ([evidence]: readonly RevocationEvidence[]): string => {
  assert.equal(evidence?.kind, 'ocsp');
  const response = parseOcspResponse(evidence.der);
  assert.equal(response.status, 'successful');
  return response.singles.map(({ status }) => status).join();
};
const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => assert.fail('should fail'),
    (cause: unknown) => cause,
  );
  assert.ok(AnjuanError.is(error), String(error));
  return error.code;
};
/** The network without some of its services; keeps what was asked. */
function network(broken: RegExp): { fetch: typeof fetch; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    fetch: (input, init) => {
      asked.push(new URL(String(input)).pathname);
      return broken.test(String(input)) ? Promise.reject(new TypeError('Failed to fetch')) : online(input, init);
    },
  };
}

describe('revocation over the network', () => {
  it('asks the responder that the certificate names, in every family', async () => {
    const source = networkRevocation({ fetch: online });
    assert.equal(statusOf(await source.fetch(about('doctorRsa'))), 'good');
    assert.equal(statusOf(await source.fetch(about('doctorSm2'))), 'good');
    assert.equal(statusOf(await source.fetch(about('revoked'))), 'revoked');
    assert.equal(statusOf(await source.fetch(about('issuingEc'))), 'good');
  });

  it('takes the revocation list when the responder is down', async () => {
    const { fetch, asked } = network(/ocsp/);
    const [evidence] = await networkRevocation({ fetch }).fetch(about('revoked'));
    assert.equal(evidence?.kind, 'crl');
    const serials = [...parseCrl(evidence.der).entries()].map(({ serialNumber }) =>
      serialNumber.toString(16).toUpperCase(),
    );
    assert.deepEqual(serials, [pki.get('revoked').serial]);
    assert.deepEqual(asked, ['/ocsp', '/crl/issuingEc.crl']);
  });

  it('takes the revocation list when the answer is unknown, of another certificate, or signed by a stranger', async () => {
    const { der: known } = pki.get('doctorEc');
    const { serialNumber: serial } = parseCertificate(known);
    const stranger = await issueCertificate({ name: 'ca', authority: true });
    const parts = { issuer: stranger, from: Date.now(), serial };
    for (const single of [{ ...parts, status: ocspUnknown }, { ...parts, serial: serial + 1n }, parts]) {
      const der = await makeOcsp({ signer: stranger, producedAt: Date.now(), singles: [single] });
      const answering: typeof fetch = (input, init) =>
        String(input).includes('ocsp') ? Promise.resolve(new Response(der.slice())) : online(input, init);
      const [evidence] = await networkRevocation({ fetch: answering }).fetch(about('doctorEc'));
      assert.equal(evidence?.kind, 'crl');
      const alone: typeof fetch = (input, init) =>
        String(input).includes('ocsp') ? answering(input, init) : Promise.reject(new TypeError('Failed to fetch'));
      const [doubtful] = await networkRevocation({ fetch: alone }).fetch(about('doctorEc'));
      assert.equal(doubtful?.kind, 'ocsp', 'what does not count is given for the report');
    }
  });

  it("says that nobody could tell: 'revocation-unavailable'", async () => {
    const { fetch } = network(/./);
    assert.equal(await codeOf(networkRevocation({ fetch }).fetch(about('doctorEc'))), 'revocation-unavailable');
    const html: typeof globalThis.fetch = () => Promise.resolve(new Response('<html>'));
    assert.equal(await codeOf(networkRevocation({ fetch: html }).fetch(about('doctorEc'))), 'revocation-unavailable');
    const sorry: typeof globalThis.fetch = () => Promise.resolve(new Response(Uint8Array.of(0x30, 3, 0x0a, 1, 3)));
    assert.equal(await codeOf(networkRevocation({ fetch: sorry }).fetch(about('doctorEc'))), 'revocation-unavailable');
  });

  it('has nothing to say of a certificate that names no service', async () => {
    assert.deepEqual(await networkRevocation({ fetch: online }).fetch(about('selfSigned')), []);
  });

  it('asks once within the time of the cache, and again after it', async () => {
    const clock = new ManualClock(Date.now());
    const { fetch, asked } = network(/nowhere/);
    const source = networkRevocation({ fetch, clock, cacheMs: 60_000 });
    await source.fetch(about('doctorRsa'));
    await source.fetch(about('doctorRsa'));
    await source.fetch(about('sealRsa'));
    assert.equal(asked.length, 2, 'once for each certificate');
    await clock.advance(61_000);
    await source.fetch(about('doctorRsa'));
    assert.equal(asked.length, 3);
    const never = networkRevocation({ fetch, clock, cacheMs: 0 });
    await never.fetch(about('doctorRsa'));
    await never.fetch(about('doctorRsa'));
    assert.equal(asked.length, 5);
  });

  it('goes through the proxy of the hospital, which learns the address from a header', async () => {
    const targets: (string | null)[] = [];
    const proxy: typeof fetch = (input, init) => {
      assert.equal(String(input), 'https://his.test/pki-proxy');
      const headers = new Headers(init?.headers);
      const target = headers.get('x-anjuan-target') ?? '';
      targets.push(target);
      if (target.endsWith('/ocsp')) return Promise.resolve(new Response(null, { status: 502 }));
      return online(target);
    };
    const [evidence] = await networkRevocation({ fetch: proxy, proxyUrl: 'https://his.test/pki-proxy' }).fetch(
      about('doctorEc'),
    );
    assert.equal(evidence?.kind, 'crl');
    assert.deepEqual(targets, ['http://pki.test/ocsp', 'http://pki.test/crl/issuingEc.crl']);
  });

  it('ends when aborted', async () => {
    const controller = new AbortController();
    const fetch: typeof globalThis.fetch = () => {
      controller.abort();
      return new Promise(() => undefined);
    };
    assert.equal(await codeOf(networkRevocation({ fetch }).fetch(about('doctorEc', controller.signal))), 'aborted');
  });
});

describe('revocation through the host', () => {
  it('passes on what the host finds', async () => {
    const evidence = [{ kind: 'ocsp', der: Uint8Array.of(1) }] as const;
    const source = hostRevocation(({ certificate }) => Promise.resolve(certificate.byteLength > 0 ? evidence : []));
    assert.deepEqual(await source.fetch(about('doctorRsa')), evidence);
  });

  it("turns a failure of the host into 'revocation-unavailable', and stays aborted", async () => {
    const source = hostRevocation(() => Promise.reject(new Error('host')));
    assert.equal(await codeOf(source.fetch(about('doctorRsa'))), 'revocation-unavailable');
    const controller = new AbortController();
    const hanging = hostRevocation(() => new Promise(() => undefined)).fetch(about('doctorRsa', controller.signal));
    const code = codeOf(hanging);
    controller.abort();
    assert.equal(await code, 'aborted');
  });
});

describe('a fixed trust store', () => {
  it('has anchors by purpose; seals are trusted like signatures unless said otherwise', async () => {
    const [a, b] = [Uint8Array.of(1), Uint8Array.of(2)];
    const store = fixedTrustStore({ signature: [a], timestamp: [b] });
    assert.deepEqual(
      [await store.anchors('signature'), await store.anchors('timestamp'), await store.anchors('seal')],
      [[a], [b], [a]],
    );
    assert.deepEqual(await fixedTrustStore({ signature: [a] }).anchors('timestamp'), []);
  });
});
