import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCryptoEngine } from '../crypto/index.js';
import {
  der,
  derBits,
  derContextPrimitive,
  derNull,
  derOctets,
  derOid,
  derSequence,
  oids,
  readDer,
} from '../der/index.js';
import type { RevocationEvidence } from '../trust/ports.js';
import { derExtension, issueCertificate, type IssuedCertificate } from '../testing/issue-certificate.js';
import { checkRevocation, parseCertificate, type RevocationRequest, type RevocationStatus } from './index.js';
import {
  crlEntry,
  makeCrl,
  makeOcsp,
  ocspRevoked,
  ocspUnknown,
  type SingleParts,
} from './testing/revocation-evidence.js';

const engine = await openCryptoEngine();
const AT = Date.UTC(2030, 0);
const DAY = 86_400_000;
const issuer = await issueCertificate({ name: 'ca', authority: true, keyUsage: '000001100' });
const { certificate } = await issueCertificate({ name: 'a', issuer });
const exempt = [derExtension(oids.ocspNoCheck, derNull())];
const delegate = await issueCertificate({ name: 'ocsp', issuer, uses: [oids.ocspSigning], extensions: exempt });

const said = (status: RevocationStatus): string =>
  [status.status, ...status.findings.map(({ id, index }) => `${id}@${index}`)].join(' ');

async function told(evidence: readonly RevocationEvidence[], more: Partial<RevocationRequest> = {}): Promise<string> {
  const request = { certificate, issuer: issuer.certificate, evidence, at: AT, now: AT + DAY, engine };
  return said(await checkRevocation({ ...request, ...more }));
}

const singleOf = (changes: Partial<SingleParts> = {}): SingleParts => ({
  issuer,
  serial: certificate.serialNumber,
  from: AT - DAY,
  until: AT + DAY,
  ...changes,
});

async function ocsp(
  changes: Partial<SingleParts> = {},
  response: Partial<Parameters<typeof makeOcsp>[0]> = {},
): Promise<RevocationEvidence> {
  const parts = { signer: delegate, singles: [singleOf(changes)], producedAt: AT - DAY, ...response };
  return { kind: 'ocsp', der: await makeOcsp(parts) };
}

async function crl(changes: Partial<Parameters<typeof makeCrl>[0]> = {}): Promise<RevocationEvidence> {
  return { kind: 'crl', der: await makeCrl({ signer: issuer, from: AT - DAY, until: AT + DAY, ...changes }) };
}

const reason = (code: number): Uint8Array => derExtension(oids.crlReason, der(10, Uint8Array.of(code)));

test('revoked in the very moment of signing is revoked; one millisecond or second later is not', async () => {
  const entry = (at: number): Promise<RevocationEvidence> =>
    crl({ entries: [crlEntry(certificate.serialNumber, at, reason(1))] });
  assert.equal(await told([await entry(AT)]), 'revoked');
  assert.equal(await told([await entry(AT + 1000)]), 'good');
  assert.equal(await told([await ocsp({ status: ocspRevoked(AT) })]), 'revoked');
  assert.equal(await told([await ocsp({ status: ocspRevoked(AT + 1000) })]), 'good');
});

test('an answer about another serial number, issuer or key of the issuer says nothing', async () => {
  const namesake = await issueCertificate({ name: 'ca', authority: true });
  const other = await issueCertificate({ name: 'other', authority: true });
  for (const changes of [{ serial: certificate.serialNumber + 1n }, { issuer: namesake }, { issuer: other }])
    assert.equal(await told([await ocsp(changes)]), 'unknown not-for-this-certificate@0');
  assert.equal(await told([await ocsp({ hash: 'sha-256' })]), 'good');
});

test('of several answers in one response the newest counts, of two at once the worse', async () => {
  const bad = singleOf({ status: ocspRevoked(AT - 2 * DAY) });
  for (const singles of [
    [singleOf(), bad],
    [bad, singleOf()],
  ])
    assert.equal(await told([await ocsp({}, { singles })]), 'revoked');
  const newer = singleOf({ from: AT - DAY / 2 });
  assert.equal(await told([await ocsp({}, { singles: [bad, newer] })]), 'good');
});

test('on hold is revoked; unknown is not good, and does not hide a list', async () => {
  assert.equal(await told([await ocsp({ status: ocspRevoked(AT - DAY, 6) })]), 'revoked');
  const held = await crl({ entries: [crlEntry(certificate.serialNumber, AT - DAY, reason(6))] });
  assert.equal(await told([held, await ocsp()]), 'revoked');
  const removed = await crl({ entries: [crlEntry(certificate.serialNumber, AT - DAY, reason(8))] });
  assert.equal(await told([removed]), 'good');
  assert.equal(await told([await ocsp({ status: ocspUnknown })]), 'unknown status-unknown@0');
  assert.equal(await told([await ocsp({ status: ocspUnknown }), await crl()]), 'good status-unknown@0');
});

test('a responder that a list revokes is not heard, unless it was only replaced later', async () => {
  const plain = await issueCertificate({ name: 'ocsp', issuer, uses: [oids.ocspSigning] });
  const answer = await ocsp({}, { signer: plain });
  assert.equal(await told([answer]), 'good');
  const listing = (of: IssuedCertificate, at: number, code: number): Promise<RevocationEvidence> =>
    // Of the responder only: the list is too old to speak for the certificate itself.
    crl({
      from: AT - 20 * DAY,
      until: AT - 19 * DAY,
      entries: [crlEntry(of.certificate.serialNumber, at, reason(code))],
    });
  const refused = 'unknown responder-certificate-invalid@0 too-old@1';
  assert.equal(await told([answer, await listing(plain, AT - 21 * DAY, 1)]), refused);
  assert.equal(await told([answer, await listing(plain, AT, 1)]), refused, 'its key may have made older answers');
  assert.equal(await told([answer, await listing(plain, AT, 4)]), 'good too-old@1');
  assert.equal(await told([answer, await listing(plain, AT - 2 * DAY, 4)]), refused);
  const exempted = await ocsp();
  assert.equal(await told([exempted, await listing(delegate, AT - 21 * DAY, 1)]), 'good too-old@1');
});

test('evidence over SHA-1 cannot clear a certificate, but can still accuse it', async () => {
  const weak = { hash: 'SHA-1' } as const;
  assert.equal(await told([await ocsp({}, weak)]), 'unknown weak-hash@0');
  assert.equal(await told([await crl(weak)]), 'unknown weak-hash@0');
  const entries = [crlEntry(certificate.serialNumber, AT - DAY)];
  assert.equal(await told([await crl({ ...weak, entries })]), 'revoked weak-hash@0');
});

test('a responder whose own certificate stands on SHA-1 is not heard', async () => {
  const [tbs] = readDer(delegate.certificate.der).children;
  const sha1 = derSequence(derOid(oids.ecdsaWithSha1));
  const body = derSequence(...(tbs?.children ?? []).map(({ bytes }, index) => (index === 2 ? sha1 : bytes)));
  const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-1' }, issuer.keys.privateKey, body);
  const { ecdsaToDer } = await import('../crypto/index.js');
  const weak = parseCertificate(derSequence(body, sha1, derBits(ecdsaToDer(new Uint8Array(raw)))));
  const signer = { certificate: weak, keys: delegate.keys };
  assert.equal(await told([await ocsp({}, { signer })]), 'unknown responder-certificate-invalid@0');
});

test('a delegate of another authority of the same name, or delegated by a delegate, is not heard', async () => {
  const namesake = await issueCertificate({ name: 'ca', authority: true });
  const uses = [oids.ocspSigning];
  for (const by of [namesake, delegate]) {
    const signer = await issueCertificate({ name: 'x', issuer: by, uses, extensions: exempt });
    assert.equal(await told([await ocsp({}, { signer })]), 'unknown responder-not-authorized@0');
    const carried = [signer, by];
    assert.equal(await told([await ocsp({}, { signer, carried })]), 'unknown responder-not-authorized@0');
  }
  const encrypts = await issueCertificate({ name: 'x', issuer, uses, keyUsage: '001000000' });
  assert.equal(await told([await ocsp({}, { signer: encrypts })]), 'unknown responder-not-authorized@0');
});

test('lists that may leave something out clear nobody', async () => {
  const point = (...fields: readonly Uint8Array[]): readonly Uint8Array[] => [
    derExtension(oids.issuingDistributionPoint, derSequence(...fields), { critical: true }),
  ];
  const flag = (tag: number): Uint8Array => derContextPrimitive(tag, Uint8Array.of(255));
  const cases: readonly (readonly [readonly Uint8Array[], string])[] = [
    [[derExtension(oids.deltaCrlIndicator, Uint8Array.of(2, 1, 1), { critical: true })], 'crl-delta'],
    [point(flag(4)), 'crl-indirect'],
    [point(flag(2)), 'crl-scope'],
    [point(flag(5)), 'crl-scope'],
    [point(derContextPrimitive(3, Uint8Array.of(1, 2))), 'crl-scope'],
    [[derExtension('2.999.8', derNull(), { critical: true })], 'unknown-critical-extension'],
  ];
  for (const [extensions, expected] of cases)
    assert.equal(await told([await crl({ extensions })]), `unknown ${expected}@0`);
  const entries = [crlEntry(5n, AT, derExtension('2.999.8', derNull(), { critical: true }))];
  assert.equal(await told([await crl({ entries })]), 'unknown unknown-critical-extension@0', 'in an entry of another');
  const stranger = await issueCertificate({ name: 'ca', authority: true });
  assert.equal(await told([await crl({ signer: stranger })]), 'unknown signature-wrong@0');
  assert.equal(await told([await crl({ signer: delegate })]), 'unknown not-for-this-certificate@0');
  assert.equal(await told([await crl({ from: AT - 9 * DAY, until: AT - 8 * DAY })]), 'unknown too-old@0');
  assert.equal(await told([await crl({ from: AT + 3 * DAY, until: AT + 4 * DAY })]), 'unknown from-the-future@0');
});

test('a list and an answer that are taken for each other say nothing', async () => {
  const [list, answer] = [await crl(), await ocsp()];
  assert.equal(await told([{ kind: 'ocsp', der: list.der }]), 'unknown evidence-malformed@0');
  assert.equal(await told([{ kind: 'crl', der: answer.der }]), 'unknown evidence-malformed@0');
  assert.equal(await told([{ kind: 'crl', der: derOctets(list.der) }]), 'unknown evidence-malformed@0');
});
