import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { openTestPki, type TestCertificateName, type TestPki } from '../../../../fixtures/src/pki/index.js';
import { openCryptoEngine } from '../crypto/index.js';
import {
  derContext,
  derContextPrimitive,
  derIa5,
  derInteger,
  derNull,
  derOid,
  derSequence,
  oids,
} from '../der/index.js';
import { derExtension, issueCertificate, type IssuedCertificate } from '../testing/issue-certificate.js';
import { buildPath, parseCertificate, type PathPurpose, type PathResult } from './index.js';

const engine = await openCryptoEngine();
const AT = Date.UTC(2030, 0);
let pki: TestPki;
before(async () => {
  pki = await openTestPki();
});
after(() => pki.close());

const said = (result: PathResult): string =>
  result.status === 'valid' ? 'valid' : result.problems.map(({ id, index }) => `${id}@${index}`).join();

async function ofPki(name: TestCertificateName, purpose: PathPurpose = 'signature', at = Date.now()): Promise<string> {
  const { der, chain } = pki.get(name);
  const pool = chain.map(parseCertificate);
  const anchors = pki.roots.map(parseCertificate);
  return said(await buildPath({ certificate: parseCertificate(der), pool, anchors, at, purpose, engine }));
}

test('certificates of the hospital lead to their roots, RSA, ECDSA and SM2', async () => {
  for (const name of ['doctorRsa', 'doctorRsa3072', 'doctorEc', 'doctorSm2', 'sealRsa', 'sealEc', 'sealSm2'] as const)
    assert.equal(await ofPki(name, name.startsWith('seal') ? 'seal' : 'signature'), 'valid', name);
  for (const name of ['tsaRsa', 'tsaEc'] as const) assert.equal(await ofPki(name, 'timestamp'), 'valid');
  for (const name of ['ocspRsa', 'ocspEc', 'ocspSm2'] as const) assert.equal(await ofPki(name, 'ocsp'), 'valid');
});

test('each bad certificate fails for its own reason', async () => {
  const expected: readonly (readonly [TestCertificateName, PathPurpose, string])[] = [
    ['expired', 'signature', 'expired@0'],
    ['notYetValid', 'signature', 'not-yet-valid@0'],
    ['doctorSm2Encryption', 'signature', 'encryption-certificate@0'],
    ['doctorSm2Encryption', 'seal', 'encryption-certificate@0'],
    ['encryptionOnly', 'signature', 'encryption-certificate@0'],
    ['weakRsa1024', 'signature', 'weak-key@0'],
    ['weakSha1', 'signature', 'weak-hash@0'],
    ['selfSigned', 'signature', 'root-not-trusted@0'],
    ['otherDoctor', 'signature', 'root-not-trusted@1'],
    ['issuingEc', 'signature', 'key-usage@0'],
    ['doctorRsa', 'timestamp', 'extended-key-usage@0'],
    ['doctorRsa', 'ocsp', 'extended-key-usage@0'],
    ['tsaRsa', 'signature', 'extended-key-usage@0'],
    ['ocspRsa', 'seal', 'extended-key-usage@0'],
  ];
  for (const [name, purpose, reason] of expected)
    assert.equal(await ofPki(name, purpose), reason, `${name} ${purpose}`);
  assert.match(await ofPki('doctorRsa', 'signature', Date.UTC(2000, 0)), /^not-yet-valid@0,not-yet-valid@1/);
});

test('an expired certificate was valid at the time that a timestamp proves', async () => {
  const { notAfter } = parseCertificate(pki.get('expired').der);
  assert.equal(await ofPki('expired', 'signature', notAfter + 1), 'expired@0');
  const { notBefore } = parseCertificate(pki.get('issuingEc').der);
  const result = await ofPki('expired', 'signature', notAfter);
  // The certificates above it may be younger than the one that expired.
  assert.equal(result, notBefore > notAfter ? 'not-yet-valid@1,not-yet-valid@2' : 'valid');
});

const root = await issueCertificate({ name: 'root', authority: true, keyUsage: '000001100' });

async function told(
  leaf: IssuedCertificate,
  pool: readonly IssuedCertificate[] = [],
  purpose: PathPurpose = 'signature',
): Promise<string> {
  const request = { certificate: leaf.certificate, pool: pool.map(({ certificate }) => certificate), purpose };
  return said(await buildPath({ ...request, anchors: [root.certificate], at: AT, engine }));
}

test('authorities must be authorities, and not deeper than they may', async () => {
  const ca = await issueCertificate({ name: 'ca', issuer: root, authority: true, pathLength: 0 });
  const below = await issueCertificate({ name: 'below', issuer: ca, authority: true });
  assert.equal(await told(await issueCertificate({ name: 'a', issuer: ca }), [ca]), 'valid');
  assert.equal(await told(await issueCertificate({ name: 'a', issuer: below }), [ca, below]), 'path-too-long@2');
  const again = await issueCertificate({ name: 'ca', issuer: ca, authority: true });
  assert.equal(await told(await issueCertificate({ name: 'a', issuer: again }), [ca, again]), 'valid', 'self-issued');
  const person = await issueCertificate({ name: 'person', issuer: root });
  assert.equal(await told(await issueCertificate({ name: 'a', issuer: person }), [person]), 'not-a-ca@1');
  const signer = await issueCertificate({ name: 'signer', issuer: root, authority: true, keyUsage: '100000000' });
  assert.equal(await told(await issueCertificate({ name: 'a', issuer: signer }), [signer]), 'key-usage@1');
});

test('a signature by another key of the same name is not accepted', async () => {
  const imposter = await issueCertificate({ name: 'root', authority: true });
  const forged = await issueCertificate({ name: 'a', issuer: imposter });
  assert.equal(await told(forged), 'signature-wrong@0');
  assert.equal(await told(forged, [imposter]), 'root-not-trusted@1');
  const orphan = await issueCertificate({
    name: 'a',
    issuer: await issueCertificate({ name: 'nobody', authority: true }),
  });
  assert.equal(await told(orphan), 'issuer-not-found@0');
});

test('uses: timestamps need theirs alone and critical, signing refuses certificates for servers only', async () => {
  const leaf = (uses: readonly string[], extensions: readonly Uint8Array[] = []) =>
    issueCertificate({ name: 'a', issuer: root, ...(uses.length > 0 && { uses }), extensions });
  assert.equal(await told(await leaf([oids.timeStamping]), [], 'timestamp'), 'valid');
  assert.equal(await told(await leaf([oids.timeStamping, oids.serverAuth]), [], 'timestamp'), 'extended-key-usage@0');
  const notCritical = [derExtension(oids.extendedKeyUsage, derSequence(derOid(oids.timeStamping)))];
  assert.equal(await told(await leaf([], notCritical), [], 'timestamp'), 'extended-key-usage@0');
  assert.equal(await told(await leaf([]), [], 'timestamp'), 'extended-key-usage@0');
  assert.equal(await told(await leaf([oids.serverAuth])), 'extended-key-usage@0');
  assert.equal(await told(await leaf([oids.serverAuth, '1.3.6.1.5.5.7.3.36'])), 'valid');
  const ca = await issueCertificate({ name: 'ca', issuer: root, authority: true, uses: [oids.serverAuth] });
  assert.equal(await told(await issueCertificate({ name: 'a', issuer: ca }), [ca]), 'extended-key-usage@1');
  assert.equal(await told(await issueCertificate({ name: 'a', issuer: root, keyUsage: '000000100' })), 'key-usage@0');
  assert.equal(
    await told(await issueCertificate({ name: 'a', issuer: root, keyUsage: '001100000' })),
    'encryption-certificate@0',
  );
});

test('an unknown critical extension fails, an unknown other one does not', async () => {
  const odd = (critical: boolean) =>
    issueCertificate({ name: 'a', issuer: root, extensions: [derExtension('2.999.7', derNull(), { critical })] });
  assert.equal(await told(await odd(true)), 'unknown-critical-extension@0');
  assert.equal(await told(await odd(false)), 'valid');
});

const dns = (text: string) => derContextPrimitive(2, derIa5(text).subarray(2));
const mail = (text: string) => derContextPrimitive(1, derIa5(text).subarray(2));
const uri = (text: string) => derContextPrimitive(6, derIa5(text).subarray(2));
const ip = (...bytes: number[]) => derContextPrimitive(7, Uint8Array.from(bytes));
const directory = (of: IssuedCertificate) => derContext(4, of.certificate.subject.der);

test('names stay inside the subtrees that an authority was given', async () => {
  const a = await issueCertificate({ name: 'a' });
  const tree = (tag: number, base: Uint8Array) => derContext(tag, derSequence(base));
  const cases: readonly (readonly [Uint8Array, readonly Uint8Array[], string])[] = [
    [tree(0, dns('hean.test')), [dns('his.HEAN.test')], 'valid'],
    [tree(0, dns('hean.test')), [dns('nothean.test')], 'name-constraints@1'],
    [tree(1, dns('hean.test')), [dns('hean.test')], 'name-constraints@1'],
    [tree(0, dns('hean.test')), [mail('a@other.test')], 'valid'],
    [tree(0, mail('hean.test')), [mail('a@hean.test')], 'valid'],
    [tree(0, mail('hean.test')), [mail('a@his.hean.test')], 'name-constraints@1'],
    [tree(0, mail('.hean.test')), [mail('a@his.hean.test')], 'valid'],
    [tree(0, mail('a@hean.test')), [mail('b@hean.test')], 'name-constraints@1'],
    [tree(0, uri('.hean.test')), [uri('https://his.hean.test/x')], 'valid'],
    [tree(0, uri('hean.test')), [uri('https://other.test/x')], 'name-constraints@1'],
    [tree(1, uri('hean.test')), [uri('no host')], 'name-constraints@1'],
    [tree(0, ip(10, 1, 0, 0, 255, 255, 0, 0)), [ip(10, 1, 2, 3)], 'valid'],
    [tree(0, ip(10, 1, 0, 0, 255, 255, 0, 0)), [ip(10, 2, 2, 3)], 'name-constraints@1'],
    [tree(0, directory(a)), [], 'valid'],
    [tree(0, directory(root)), [], 'name-constraints@1'],
    [tree(1, directory(a)), [], 'name-constraints@1'],
  ];
  for (const [constraint, names, expected] of cases) {
    const limits = derExtension(oids.nameConstraints, derSequence(constraint), { critical: true });
    const ca = await issueCertificate({ name: 'ca', issuer: root, authority: true, extensions: [limits] });
    const own = names.length > 0 ? [derExtension(oids.subjectAltName, derSequence(...names))] : [];
    assert.equal(await told(await issueCertificate({ name: 'a', issuer: ca, extensions: own }), [ca]), expected);
  }
});

test('an explicit policy must run through the whole path', async () => {
  const explicit = derExtension(oids.policyConstraints, derSequence(derContextPrimitive(0, Uint8Array.of(0))));
  const policies = (...list: string[]) =>
    derExtension(oids.certificatePolicies, derSequence(...list.map((policy) => derSequence(derOid(policy)))));
  const ca = await issueCertificate({
    name: 'ca',
    issuer: root,
    authority: true,
    extensions: [explicit, policies('2.999.1', '2.999.2')],
  });
  const leaf = (...extensions: Uint8Array[]) => issueCertificate({ name: 'a', issuer: ca, extensions });
  assert.equal(await told(await leaf(policies('2.999.2')), [ca]), 'valid');
  assert.equal(await told(await leaf(policies(oids.anyPolicy)), [ca]), 'valid');
  assert.equal(await told(await leaf(policies('2.999.3')), [ca]), 'policy-missing@0');
  assert.equal(await told(await leaf(), [ca]), 'policy-missing@0');
});

test('mappings and the end of anyPolicy are followed', async () => {
  const ext = (oid: string, ...parts: readonly Uint8Array[]) => derExtension(oid, derSequence(...parts));
  const policies = (...list: readonly string[]) =>
    ext(oids.certificatePolicies, ...list.map((policy) => derSequence(derOid(policy))));
  const map = (from: string, to: string) => ext(oids.policyMappings, derSequence(derOid(from), derOid(to)));
  const skip = (...fields: readonly (readonly [number, number])[]) =>
    ext(oids.policyConstraints, ...fields.map(([tag, count]) => derContextPrimitive(tag, Uint8Array.of(count))));
  const inhibitAny = derExtension(oids.inhibitAnyPolicy, derInteger(0));
  const cases: readonly (readonly [readonly Uint8Array[], readonly Uint8Array[], string])[] = [
    [[skip([0, 0]), policies('2.999.1'), map('2.999.1', '2.999.2')], [policies('2.999.2')], 'valid'],
    [[skip([0, 0]), policies('2.999.1'), map('2.999.1', '2.999.2')], [policies('2.999.1')], 'policy-missing@0'],
    [[skip([0, 0]), policies(oids.anyPolicy), inhibitAny], [policies(oids.anyPolicy)], 'policy-missing@0'],
    [[skip([0, 0]), policies(oids.anyPolicy), inhibitAny], [policies('2.999.1')], 'valid'],
    [[policies('2.999.1'), map('2.999.1', oids.anyPolicy)], [], 'policy-missing@0'],
    [[policies('2.999.1'), map('2.999.1', '2.999.2')], [], 'valid'],
  ];
  for (const [ofCa, ofLeaf, expected] of cases) {
    const ca = await issueCertificate({ name: 'ca', issuer: root, authority: true, extensions: ofCa });
    assert.equal(await told(await issueCertificate({ name: 'a', issuer: ca, extensions: ofLeaf }), [ca]), expected);
  }
});

test('pools that lead in circles, or branch without end, are left in bounded time', async () => {
  const x = await issueCertificate({ name: 'x', authority: true });
  const y = await issueCertificate({ name: 'y', issuer: x, authority: true });
  const circle = await issueCertificate({ name: 'x', issuer: y, authority: true, keys: x.keys });
  const leaf = await issueCertificate({ name: 'a', issuer: y });
  assert.match(await told(leaf, [y, circle]), /issuer-not-found|root-not-trusted/);
  const many: IssuedCertificate[] = [];
  const layers = ['l0', 'l1', 'l2', 'l3', 'l4'];
  let issuer = await issueCertificate({ name: 'top', authority: true });
  for (const name of layers) {
    const { keys } = issuer;
    const layer = await Promise.all(
      Array.from({ length: 5 }, () => issueCertificate({ name, issuer: { ...issuer, keys }, authority: true })),
    );
    many.push(...layer);
    issuer = layer[0] ?? issuer;
    // All of a layer share one key, so that every certificate below has five issuers.
    for (const one of layer.slice(1))
      many.push(await issueCertificate({ name, issuer: many[0] ?? one, authority: true, keys: issuer.keys }));
  }
  const end = await issueCertificate({ name: 'end', issuer });
  assert.doesNotMatch(await told(end, many), /^valid$/);
});

test('the best of several paths is taken: through the intermediate that is still valid', async () => {
  const { keys } = await issueCertificate({ name: 'ca', issuer: root, authority: true });
  const old = await issueCertificate({ name: 'ca', issuer: root, authority: true, keys, notAfter: Date.UTC(2025, 0) });
  const renewed = await issueCertificate({ name: 'ca', issuer: root, authority: true, keys });
  const leaf = await issueCertificate({ name: 'a', issuer: old });
  assert.equal(await told(leaf, [old]), 'expired@1');
  assert.equal(await told(leaf, [old, renewed]), 'valid');
});

test('an aborted search ends as aborted', async () => {
  const leaf = await issueCertificate({ name: 'a', issuer: root });
  const request = { certificate: leaf.certificate, pool: [], anchors: [root.certificate], at: AT, engine };
  await assert.rejects(buildPath({ ...request, purpose: 'signature', signal: AbortSignal.abort() }), (error) =>
    AnjuanError.is(error, 'aborted'),
  );
});
