import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { openTestPki, pkiHandler, type TestCertificateName, type TestPki } from '../../../../fixtures/src/pki/index.js';
import { openCryptoEngine, type HashAlgorithm } from '../crypto/index.js';
import {
  der,
  derBits,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOid,
  derSequence,
  oids,
  readDer,
} from '../der/index.js';
import { commonNameOf, derExtension, issueCertificate, type IssuedCertificate } from '../testing/issue-certificate.js';
import {
  buildOcspRequest,
  checkRevocation,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  type RevocationRequest,
  type RevocationStatus,
} from './index.js';
import { crlEntry, makeCrl, makeOcsp } from './testing/revocation-evidence.js';

const engine = await openCryptoEngine();
const DAY = 86_400_000;
let pki: TestPki;
let handler: (request: Request) => Promise<Response>;
before(async () => {
  pki = await openTestPki();
  handler = pkiHandler(pki);
});
after(() => pki.close());

const said = (status: RevocationStatus): string =>
  [status.status, ...status.findings.map(({ id, index }) => `${id}@${index}`)].join(' ');

function pair(name: TestCertificateName) {
  const { der: bytes, chain } = pki.get(name);
  const [issuer] = chain;
  assert.ok(issuer);
  return { certificate: parseCertificate(bytes), issuer: parseCertificate(issuer) };
}

async function askOcsp(name: TestCertificateName, hash?: HashAlgorithm, nonce?: Uint8Array): Promise<Uint8Array> {
  const request = await buildOcspRequest({ ...pair(name), engine, ...(hash && { hash }), ...(nonce && { nonce }) });
  const answer = await handler(new Request('http://pki.test/ocsp', { method: 'POST', body: request }));
  return new Uint8Array(await answer.arrayBuffer());
}

test('OpenSSL answers our requests, and we read its answers: RSA, ECDSA, SM2, good and revoked', async () => {
  for (const name of ['doctorRsa', 'doctorEc', 'doctorSm2', 'issuingEc'] as const) {
    const status = await checkRevocation({
      ...pair(name),
      evidence: [{ kind: 'ocsp', der: await askOcsp(name) }],
      at: Date.now(),
      engine,
    });
    assert.equal(said(status), 'good', name);
    assert.equal(status.status === 'good' && status.kind, 'ocsp');
  }
  const nonce = crypto.getRandomValues(new Uint8Array(16));
  const answer = parseOcspResponse(await askOcsp('doctorEc', 'sha-1', nonce));
  assert.deepEqual(Buffer.from((answer.status === 'successful' && answer.nonce) || []), Buffer.from(nonce));
  for (const name of ['revoked', 'revokedSm2'] as const) {
    const evidence = { kind: 'ocsp', der: await askOcsp(name) } as const;
    const status = await checkRevocation({ ...pair(name), evidence: [evidence], at: Date.now(), engine });
    assert.equal(status.status === 'revoked' && status.reason, 'key-compromise');
    const revokedAt = status.status === 'revoked' ? status.revokedAt : 0;
    const before = await checkRevocation({ ...pair(name), evidence: [evidence], at: revokedAt - 1, engine });
    assert.deepEqual(before.status === 'good' && before.revokedLater, { at: revokedAt, reason: 'key-compromise' });
  }
});

test('lists of OpenSSL: good, revoked, of another issuer', async () => {
  for (const [name, issuer] of [
    ['doctorRsa', 'issuingRsa'],
    ['doctorEc', 'issuingEc'],
    ['doctorSm2', 'issuingSm2'],
    ['issuingRsa', 'rootRsa'],
  ] as const) {
    const evidence = [{ kind: 'crl', der: await pki.crl(issuer) }] as const;
    assert.equal(said(await checkRevocation({ ...pair(name), evidence, at: Date.now(), engine })), 'good');
  }
  const list = await pki.crl('issuingEc');
  const crl = parseCrl(list);
  assert.equal(crl.scope, 'all');
  assert.ok([...crl.entries()].some(({ serialNumber }) => serialNumber === pair('revoked').certificate.serialNumber));
  const evidence = [{ kind: 'crl', der: list }] as const;
  const status = await checkRevocation({ ...pair('revoked'), evidence, at: Date.now(), engine });
  assert.equal(status.status === 'revoked' && status.reason, 'key-compromise');
  const other = await checkRevocation({ ...pair('doctorRsa'), evidence, at: Date.now(), engine });
  assert.equal(said(other), 'unknown not-for-this-certificate@0');
});

test('one proven revocation outweighs good words, before or after it', async () => {
  const good = { kind: 'ocsp', der: await askOcsp('doctorEc') } as const;
  const bad = { kind: 'ocsp', der: await askOcsp('revoked') } as const;
  const list = { kind: 'crl', der: await pki.crl('issuingEc') } as const;
  const garbage = { kind: 'ocsp', der: Uint8Array.of(0x30, 1) } as const;
  for (const evidence of [
    [good, bad, garbage],
    [garbage, list, good],
  ])
    assert.equal((await checkRevocation({ ...pair('revoked'), evidence, at: Date.now(), engine })).status, 'revoked');
  const mixed = await checkRevocation({ ...pair('doctorEc'), evidence: [garbage, bad, good], at: Date.now(), engine });
  assert.equal(said(mixed), 'good evidence-malformed@0 not-for-this-certificate@1');
});

const AT = Date.UTC(2030, 0);
const issuer = await issueCertificate({ name: 'ca', authority: true, keyUsage: '000001100' });
const subject = await issueCertificate({ name: 'a', issuer, notAfter: AT + 100 * DAY });
const certificate = subject.certificate;
const delegate = await issueCertificate({ name: 'ocsp', issuer, uses: [oids.ocspSigning] });

interface ResponseParts {
  readonly signer?: IssuedCertificate;
  readonly named?: IssuedCertificate;
  readonly carried?: readonly IssuedCertificate[];
  readonly serial?: bigint;
  readonly status?: Uint8Array;
  readonly from?: number;
  readonly until?: number | undefined;
  readonly single?: readonly Uint8Array[];
  readonly extensions?: readonly Uint8Array[];
  readonly byKey?: boolean;
}

/** An OCSP response of the delegate, with some things changed. */
async function ocsp(changes: ResponseParts = {}): Promise<Uint8Array> {
  const { signer = delegate, from = AT - DAY, serial = certificate.serialNumber, status } = changes;
  const until = 'until' in changes ? changes.until : AT + DAY;
  const single = { issuer, serial, from, until, extensions: changes.single, ...(status && { status }) };
  return makeOcsp({ ...changes, signer, singles: [single], producedAt: from });
}

async function told(kind: 'ocsp' | 'crl', bytes: Uint8Array, more: Partial<RevocationRequest> = {}): Promise<string> {
  const request = {
    certificate,
    issuer: issuer.certificate,
    evidence: [{ kind, der: bytes }],
    at: AT,
    now: AT,
    engine,
  };
  return said(await checkRevocation({ ...request, ...more }));
}

test('OCSP by the issuer or its delegate counts, by anyone else it does not', async () => {
  assert.equal(await told('ocsp', await ocsp()), 'good');
  assert.equal(await told('ocsp', await ocsp({ byKey: true })), 'good');
  assert.equal(await told('ocsp', await ocsp({ signer: issuer, carried: [] })), 'good');
  assert.equal(await told('ocsp', await ocsp({ carried: [] }), { pool: [delegate.certificate] }), 'good');
  assert.equal(await told('ocsp', await ocsp({ carried: [] })), 'unknown responder-unknown@0');
  const plain = await issueCertificate({ name: 'ocsp', issuer });
  assert.equal(await told('ocsp', await ocsp({ signer: plain })), 'unknown responder-not-authorized@0');
  const stranger = await issueCertificate({ name: 'ca', authority: true });
  const imposter = await issueCertificate({ name: 'ocsp', issuer: stranger, uses: [oids.ocspSigning] });
  assert.equal(await told('ocsp', await ocsp({ signer: imposter })), 'unknown responder-not-authorized@0');
  const nephew = await issueCertificate({ name: 'ocsp', issuer: subject, uses: [oids.ocspSigning] });
  assert.equal(await told('ocsp', await ocsp({ signer: nephew })), 'unknown responder-not-authorized@0');
  const late = await issueCertificate({ name: 'ocsp', issuer, uses: [oids.ocspSigning], notAfter: AT - 2 * DAY });
  assert.equal(await told('ocsp', await ocsp({ signer: late })), 'unknown responder-certificate-invalid@0');
  assert.equal(
    await told('ocsp', await ocsp({ signer: stranger, named: issuer, carried: [] })),
    'unknown signature-wrong@0',
  );
});

test('OCSP speaks for its own time only', async () => {
  assert.equal(await told('ocsp', await ocsp(), { at: AT + 2 * DAY, now: AT + 2 * DAY }), 'unknown too-old@0');
  assert.equal(await told('ocsp', await ocsp({ until: undefined })), 'good');
  assert.equal(
    await told('ocsp', await ocsp({ until: undefined }), { at: AT + DAY, now: AT + DAY }),
    'unknown too-old@0',
  );
  assert.equal(await told('ocsp', await ocsp({ from: AT + DAY })), 'unknown from-the-future@0');
  assert.equal(await told('ocsp', await ocsp({ from: AT + DAY }), { now: AT + DAY }), 'good', 'fetched later');
  const expired = { from: AT + 101 * DAY, until: AT + 102 * DAY };
  assert.equal(await told('ocsp', await ocsp(expired), { now: AT + 101 * DAY }), 'unknown after-expiry@0');
  const kept = [derExtension(oids.ocspArchiveCutoff, derGeneralizedTime(AT))];
  assert.equal(await told('ocsp', await ocsp({ ...expired, single: kept }), { now: AT + 101 * DAY }), 'good');
});

test('OCSP that says nothing, or more than can be read, is not used', async () => {
  assert.equal(await told('ocsp', await ocsp({ serial: 5n })), 'unknown not-for-this-certificate@0');
  const unknown = derContextPrimitive(2, new Uint8Array(0));
  assert.equal(await told('ocsp', await ocsp({ status: unknown })), 'unknown status-unknown@0');
  const odd = [derExtension('2.999.7', derNull(), { critical: true })];
  assert.equal(await told('ocsp', await ocsp({ single: odd })), 'unknown unknown-critical-extension@0');
  assert.equal(await told('ocsp', await ocsp({ extensions: odd })), 'unknown unknown-critical-extension@0');
  assert.equal(await told('ocsp', derSequence(der(10, Uint8Array.of(3)))), 'unknown responder-error@0');
  assert.deepEqual(parseOcspResponse(derSequence(der(10, Uint8Array.of(6)))).status, 'unauthorized');
  assert.throws(
    () => parseOcspResponse(derSequence(der(10, Uint8Array.of(4)))),
    (error) => AnjuanError.is(error, 'certificate-malformed'),
  );
  const held = der(0xa1, derGeneralizedTime(AT - DAY), derContext(0, der(10, Uint8Array.of(6))));
  assert.equal(await told('ocsp', await ocsp({ status: held })), 'revoked');
});

const commonNameAfter = (...names: readonly string[]): Uint8Array =>
  derSequence(...names.flatMap((name) => readDer(commonNameOf(name)).children.map(({ bytes }) => bytes)));

const entry = crlEntry;

const crl = (changes: Partial<Parameters<typeof makeCrl>[0]> = {}): Promise<Uint8Array> =>
  makeCrl({ signer: issuer, from: AT - DAY, until: AT + DAY, ...changes });

test('lists are used only when whole, direct, in scope and signed by the issuer', async () => {
  const point = (...flags: number[]) =>
    derExtension(
      oids.issuingDistributionPoint,
      derSequence(...flags.map((flag) => derContextPrimitive(flag, Uint8Array.of(0xff)))),
      { critical: true },
    );
  const reason = (code: number) => derExtension(oids.crlReason, der(10, Uint8Array.of(code)));
  const mine = certificate.serialNumber;
  assert.equal(await told('crl', await crl()), 'good');
  assert.equal(await told('crl', await crl({ entries: [entry(mine, AT - 1), entry(5n, AT)] })), 'revoked');
  assert.equal(await told('crl', await crl({ entries: [entry(mine, AT + 1000)] })), 'good');
  assert.equal(await told('crl', await crl({ entries: [entry(mine, AT - 1000, reason(8))] })), 'good', 'taken off');
  assert.equal(await told('crl', await crl({ extensions: [point(1)] })), 'good', 'users');
  assert.equal(await told('crl', await crl({ extensions: [point(2)] })), 'unknown crl-scope@0');
  assert.equal(await told('crl', await crl({ extensions: [point(5)] })), 'unknown crl-scope@0');
  assert.equal(await told('crl', await crl({ extensions: [point(4)] })), 'unknown crl-indirect@0');
  const delta = derExtension(oids.deltaCrlIndicator, derInteger(1), { critical: true });
  assert.equal(await told('crl', await crl({ extensions: [delta] })), 'unknown crl-delta@0');
  const odd = derExtension('2.999.7', derNull(), { critical: true });
  assert.equal(await told('crl', await crl({ extensions: [odd] })), 'unknown unknown-critical-extension@0');
  assert.equal(await told('crl', await crl({ entries: [entry(9n, AT, odd)] })), 'unknown unknown-critical-extension@0');
  assert.equal(await told('crl', await crl(), { at: AT + 2 * DAY, now: AT + 2 * DAY }), 'unknown too-old@0');
  assert.equal(await told('crl', await crl({ entries: [derSequence()] })), 'unknown evidence-malformed@0');
  const imposter = await issueCertificate({ name: 'ca', authority: true });
  assert.equal(await told('crl', await crl({ signer: imposter })), 'unknown signature-wrong@0');
  const noLists = await issueCertificate({ name: 'ca', authority: true, keyUsage: '000001000', keys: issuer.keys });
  assert.equal(await told('crl', await crl(), { issuer: noLists.certificate }), 'unknown crl-issuer-not-allowed@0');
});

test('a list of one distribution point speaks only for the certificates of that point', async () => {
  const uri = (text: string) => derContext(0, derContext(0, der(0x86, new TextEncoder().encode(text))));
  const relative = (text: string) =>
    derContext(0, der(0xa1, derSequence(derOid('2.5.4.3'), der(12, new TextEncoder().encode(text)))));
  const full = derContext(0, derContext(0, derContext(4, commonNameAfter('ca', 'part'))));
  const served = (point: Uint8Array) =>
    crl({ extensions: [derExtension(oids.issuingDistributionPoint, derSequence(point), { critical: true })] });
  const pointed = async (...fields: readonly Uint8Array[]) => {
    const points = derExtension(oids.crlDistributionPoints, derSequence(derSequence(...fields)));
    return (await issueCertificate({ name: 'a', issuer, extensions: [points] })).certificate;
  };
  const one = await pointed(uri('http://ca.test/1.crl'));
  assert.deepEqual(one.crlUrls, ['http://ca.test/1.crl']);
  assert.equal(await told('crl', await served(uri('http://ca.test/1.crl')), { certificate: one }), 'good');
  assert.equal(
    await told('crl', await served(uri('http://ca.test/2.crl')), { certificate: one }),
    'unknown crl-scope@0',
  );
  assert.equal(await told('crl', await served(uri('http://ca.test/1.crl'))), 'unknown crl-scope@0', 'no point named');
  const part = await pointed(relative('part'));
  assert.equal(await told('crl', await served(relative('part')), { certificate: part }), 'good');
  assert.equal(await told('crl', await served(full), { certificate: part }), 'good', 'the same name in full');
  assert.equal(await told('crl', await served(relative('other')), { certificate: part }), 'unknown crl-scope@0');
  const elsewhere = derContext(2, derContext(4, commonNameOf('other')));
  const indirect = await pointed(uri('http://ca.test/1.crl'), elsewhere);
  assert.equal(
    await told('crl', await served(uri('http://ca.test/1.crl')), { certificate: indirect }),
    'unknown crl-scope@0',
  );
});

test('a list of 60,000 entries is read in one pass', async () => {
  const entries = Array.from({ length: 60_000 }, (_, index) => entry(BigInt(index + 10), AT));
  const bytes = await crl({ entries: [...entries, entry(certificate.serialNumber, AT - 1)] });
  assert.equal(await told('crl', bytes), 'revoked');
  assert.equal(readDer(bytes).children.length, 3);
});

test('malformed lists are certificate-malformed', async () => {
  const good = await crl();
  const malformed = [
    new Uint8Array(0),
    good.subarray(0, good.byteLength - 1),
    Uint8Array.from([...good, 0]),
    derSequence(derSequence(), derSequence(derOid(oids.sha256WithRsa)), derBits(new Uint8Array(1))),
  ];
  for (const bytes of malformed)
    assert.throws(
      () => parseCrl(bytes),
      (error) => AnjuanError.is(error, 'certificate-malformed'),
    );
});

test('an aborted check ends as aborted', async () => {
  await assert.rejects(told('crl', await crl(), { signal: AbortSignal.abort() }), (error) =>
    AnjuanError.is(error, 'aborted'),
  );
});
