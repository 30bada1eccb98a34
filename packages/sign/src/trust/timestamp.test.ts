import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { ManualClock } from '@anjuan/core/testing';
import {
  handlerFetch,
  openssl,
  openTestPki,
  pkiHandler,
  TSA_POLICIES,
  type TestPki,
} from '../../../../fixtures/src/pki/index.js';
import { parseTimestampToken } from '../cms/index.js';
import {
  derContext,
  derGeneralizedTime,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  oids,
} from '../der/index.js';
import { derNull, isUniversal, readDer, readInteger, tags } from '../der/index.js';
import { openSoftwareKey } from '../testing/signer-software-key.js';
import { parseCertificate } from '../x509/index.js';
import { httpTimestampAuthority, type HttpTimestampAuthorityOptions } from './index.js';

let folder: string;
let pki: TestPki;
let online: typeof fetch;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjuan-tsa-'));
  pki = await openTestPki({ folder: join(folder, 'pki') });
  online = handlerFetch(pkiHandler(pki));
});
after(() => rm(folder, { recursive: true, force: true }));

const imprint = new Uint8Array(createHash('sha256').update('stamped').digest());
const stamp = (options: Partial<HttpTimestampAuthorityOptions> = {}, signal?: AbortSignal): Promise<Uint8Array> =>
  httpTimestampAuthority({ url: 'http://pki.test/tsa', fetch: online, ...options }).timestamp({
    hash: 'sha-256',
    imprint,
    ...(signal && { signal }),
  });

async function failure(promise: Promise<unknown>): Promise<AnjuanError> {
  const error = await promise.then(
    () => assert.fail('should fail'),
    (cause: unknown) => cause,
  );
  assert.ok(AnjuanError.is(error), String(error));
  return error;
}
/** Code and reason of the failure. */
const told = async (promise: Promise<unknown>): Promise<unknown[]> => {
  const { code, details } = await failure(promise);
  return [code, details['reason']];
};
/** An authority that always answers this. */
const always =
  (body: BodyInit | null, init?: ResponseInit): typeof fetch =>
  () =>
    Promise.resolve(new Response(body, init));

describe('time stamps over HTTP', () => {
  for (const [path, issuer] of [
    ['tsa', 'issuingRsa'],
    ['tsa/ec', 'issuingEc'],
  ] as const) {
    it(`gives a token that openssl verifies (${path})`, async () => {
      const token = await stamp({ url: `http://pki.test/${path}` });
      const file = join(folder, 'token.der');
      await writeFile(file, token);
      const { stdout } = await openssl(
        ['ts', '-verify', '-token_in', '-in', file, '-digest', Buffer.from(imprint).toString('hex')].concat([
          '-CAfile',
          pki.rootsFile,
          '-untrusted',
          pki.get(issuer).certificateFile,
        ]),
      );
      assert.match(stdout.toString(), /Verification: OK/);
    });
  }

  it('stamps under the policy that is asked for', async () => {
    const token = parseTimestampToken(await stamp({ policy: TSA_POLICIES[1] }));
    assert.equal(token.policy, TSA_POLICIES[1]);
  });

  it('sends the digest to the address as it stands, with neither cookies nor referrer', async () => {
    const seen: { url: string; init: RequestInit | undefined }[] = [];
    await stamp({
      url: 'http://pki.test/tsa?tenant=7',
      fetch: (input, init) => {
        seen.push({ url: String(input), init });
        return online(input, init);
      },
    });
    assert.equal(seen[0]?.url, 'http://pki.test/tsa?tenant=7');
    const { credentials, redirect, referrerPolicy } = seen[0].init ?? {};
    assert.deepEqual([credentials, redirect, referrerPolicy], ['omit', 'manual', 'no-referrer']);
  });

  it("passes on why the authority refused: 'timestamp-refused'", async () => {
    const { code, details } = await failure(stamp({ policy: '2.999.3161.77' }));
    assert.deepEqual([code, details['status'], details['failInfo']], ['timestamp-refused', 2, 'unaccepted-policy']);
  });

  it("says when nobody can be reached: 'timestamp-unavailable'", async () => {
    assert.deepEqual(await told(stamp({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) })), [
      'timestamp-unavailable',
      'unreachable',
    ]);
    const down = await failure(stamp({ fetch: always('down', { status: 503 }) }));
    assert.deepEqual([down.code, down.details['httpStatus'], down.retryable], ['timestamp-unavailable', 503, true]);
    assert.deepEqual(await told(stamp({ fetch: always('<html>Log in to the network</html>') })), [
      'timestamp-unavailable',
      'malformed',
    ]);
    assert.deepEqual(await told(stamp({ fetch: always(new Uint8Array(100_000)) })), [
      'timestamp-unavailable',
      'too-large',
    ]);
    const moved = { status: 302, headers: { location: 'http://elsewhere.test/' } };
    assert.deepEqual(await told(stamp({ fetch: always(null, moved) })), ['timestamp-unavailable', 'redirect']);
  });

  it('gives up after its time, and ends at once when aborted', async () => {
    const clock = new ManualClock(Date.now());
    const silent: typeof fetch = () => new Promise(() => undefined);
    const waiting = stamp({ fetch: silent, clock, timeoutMs: 2000 });
    assert.deepEqual(await told(clock.settle(waiting)), ['timestamp-unavailable', 'timeout']);
    assert.equal(clock.pending, 0);
    const controller = new AbortController();
    const aborted = told(stamp({ fetch: silent }, controller.signal));
    controller.abort();
    assert.deepEqual(await aborted, ['aborted', undefined]);
  });

  it("refuses a token for something else: 'timestamp-mismatch'", async () => {
    const recorded = await online('http://pki.test/tsa', {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: await query('00'.repeat(32)),
    });
    const other = await recorded.arrayBuffer();
    assert.deepEqual(await told(stamp({ fetch: always(other) })), ['timestamp-mismatch', 'imprint']);
    const same = await online('http://pki.test/tsa', {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: await query(Buffer.from(imprint).toString('hex')),
    });
    const replayed = await same.arrayBuffer();
    assert.deepEqual(await told(stamp({ fetch: always(replayed) })), ['timestamp-mismatch', 'nonce']);
    const clock = new ManualClock(Date.now() + 4 * 3_600_000);
    assert.deepEqual(await told(stamp({ clock })), ['timestamp-mismatch', 'time']);
  });

  it("refuses a certificate that is not for time stamps alone, and a broken signature: 'timestamp-mismatch'", async () => {
    assert.deepEqual(await told(stamp({ fetch: forged('doctorEc') })), ['timestamp-mismatch', 'certificate-purpose']);
    assert.deepEqual(await told(stamp({ fetch: forged('doctorEc', { wrongKey: true }) })), [
      'timestamp-mismatch',
      'signature',
    ]);
    assert.ok(await stamp({ fetch: forged('tsaEc') }), 'the same with a proper certificate is taken');
  });
});

async function query(digest: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = join(folder, 'query.tsq');
  await openssl(['ts', '-query', '-digest', digest, '-sha256', '-cert', '-out', file]);
  return new Uint8Array(await readFile(file));
}

/** An authority of our own that stamps with any certificate. @source RFC 3161 2.4.2; RFC 5652 5 */
function forged(name: 'doctorEc' | 'tsaEc', { wrongKey = false } = {}): typeof fetch {
  return async (_input, init) => {
    const asked = init?.body as Uint8Array;
    const nonce = nonceOf(asked);
    const { der: certificate } = pki.get(name);
    const { issuer, serialNumber } = parseCertificate(certificate);
    const sha256 = derSequence(derOid(oids.sha256));
    const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
    const info = derSequence(
      derInteger(1),
      derOid('2.999.1'),
      derSequence(derSequence(derOid(oids.sha256), derNull()), derOctets(imprint)),
      derInteger(7),
      derGeneralizedTime(Math.floor(Date.now() / 1000) * 1000),
      derInteger(nonce),
    );
    const attribute = (oid: string, value: Uint8Array): Uint8Array => derSequence(derOid(oid), derSetOf(value));
    const attributes = derSetOf(
      attribute(oids.contentType, derOid(oids.tstInfo)),
      attribute(oids.messageDigest, derOctets(hash(info))),
      attribute(oids.signingCertificateV2, derSequence(derSequence(derSequence(derOctets(hash(certificate)))))),
    );
    const key = await openSoftwareKey(await pki.get(wrongKey ? 'sealEc' : name).privateKey());
    const value = await key.signBytes('sha-256', attributes);
    const implicit = new Uint8Array(attributes);
    implicit[0] = 0xa0;
    const signer = derSequence(
      derInteger(1),
      derSequence(issuer.der, derInteger(serialNumber)),
      sha256,
      implicit,
      derSequence(derOid(oids.ecdsaWithSha256)),
      derOctets(value),
    );
    const signedData = derSequence(
      derInteger(3),
      derSetOf(sha256),
      derSequence(derOid(oids.tstInfo), derContext(0, derOctets(info))),
      derContext(0, certificate),
      derSetOf(signer),
    );
    const token = derSequence(derOid(oids.signedData), derContext(0, signedData));
    return new Response(derSequence(derSequence(derInteger(0)), token));
  };
}

/** The INTEGER after the version. */
function nonceOf(request: Uint8Array): bigint {
  const nonce = readDer(request).children.filter((node) => isUniversal(node, tags.integer))[1];
  assert.ok(nonce);
  return readInteger(nonce);
}
