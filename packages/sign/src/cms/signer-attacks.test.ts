import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { openCryptoEngine } from '../crypto/index.js';
import {
  der,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derUtf8,
  oids,
  readDer,
} from '../der/index.js';
import { derExtension, issueCertificate, type IssuedCertificate } from '../testing/issue-certificate.js';
import { checkSignerInfo, checkTimestampToken, parseSignedData, parseTimestampToken } from './index.js';
import { openCmsBench, type CmsParts } from './testing/cms-bench.js';

const engine = await openCryptoEngine();
const { attribute, base, craft, digest, doctor, ess, sameName, sha256, stranger } = await openCmsBench();

async function checked(bytes: Uint8Array, contentDigest = digest) {
  return checkSignerInfo({ signedData: parseSignedData(bytes), contentDigest: () => contentDigest, engine });
}
async function told(parts: CmsParts): Promise<string> {
  const check = await checked(await craft(parts));
  return [check.status, ...check.findings.map(({ id }) => id)].join(' ');
}
const inOrder = (...members: readonly Uint8Array[]): readonly Uint8Array[] =>
  [...members].sort((a, b) => Buffer.compare(a, b));
const isMalformed = (error: unknown): boolean => AnjuanError.is(error, 'cms-malformed');

test('two certificates under one identifier: the one that the attribute names by its hash has signed', async () => {
  for (const certificates of [
    [sameName, doctor],
    [doctor, sameName],
  ]) {
    const check = await checked(await craft({ certificates: certificates.map(({ certificate }) => certificate.der) }));
    assert.equal(check.status, 'valid');
    assert.deepEqual(check.certificate?.der, doctor.certificate.der);
  }
  const wrong = await craft({ certificates: [sameName.certificate.der] });
  assert.match((await checked(wrong)).findings.map(({ id }) => id).join(), /signature-wrong,signing-certificate-wrong/);
});

test('two certificates with one key identifier, and of one key', async () => {
  const keyId = Uint8Array.of(1, 2, 3, 4);
  const extensions = [derExtension(oids.subjectKeyIdentifier, derOctets(keyId))];
  const own = await issueCertificate({ name: 'own', serial: 7, extensions });
  const decoy = await issueCertificate({ name: 'decoy', serial: 9, extensions });
  const twin = await issueCertificate({ name: 'twin', serial: 10, extensions, keys: own.keys });
  const { contentType, digest: messageDigest } = await base();
  const signed = inOrder(contentType, messageDigest, attribute(oids.signingCertificateV2, await ess({ of: own })));
  const parts = { sid: derContextPrimitive(0, keyId), signerVersion: 3, signed, signedBy: own };
  const of = (...all: readonly IssuedCertificate[]) =>
    craft({ ...parts, certificates: all.map(({ certificate }) => certificate.der) });
  for (const bytes of [await of(decoy, own), await of(twin, own), await of(own, decoy, twin)]) {
    const check = await checked(bytes);
    assert.equal(check.status, 'valid');
    assert.deepEqual(check.certificate?.der, own.certificate.der);
  }
  const swapped = await checked(await of(twin));
  assert.equal(swapped.signatureHolds, true, 'the key is the same');
  assert.equal(swapped.status, 'invalid', 'the certificate is another');
});

test('the attribute that names the certificate: only its first entry counts, and SHA-1 is the old strength', async () => {
  const { contentType, digest: messageDigest } = await base();
  const with_ = (value: Uint8Array): CmsParts => ({
    signed: inOrder(contentType, messageDigest, attribute(oids.signingCertificateV2, value)),
  });
  const idOf = async (of: IssuedCertificate): Promise<Uint8Array> =>
    readDer(await ess({ of })).children[0]?.children[0]?.bytes ?? new Uint8Array();
  const [own, other] = [await idOf(doctor), await idOf(stranger)];
  assert.equal(await told(with_(derSequence(derSequence(own, other)))), 'valid');
  assert.equal(await told(with_(derSequence(derSequence(other, own)))), 'invalid signing-certificate-wrong');
  const sha1 = derSequence(derOid(oids.sha1));
  const certHash = await engine.digest('sha-1', doctor.certificate.der);
  assert.equal(await told(with_(await ess({ hash: sha1, certHash }))), 'valid signing-certificate-v1');
  assert.equal(await told(with_(derSequence(derSequence()))), 'invalid signing-certificate-wrong');
  assert.equal(await told(with_(derNull())), 'invalid attribute-malformed');
  assert.equal(await told(with_(derSequence())), 'invalid signing-certificate-wrong');
  const trailing = Uint8Array.of(...(await ess()), 0);
  await assert.rejects(craft(with_(trailing)).then(parseSignedData));
});

test('nothing may ride along: fields and bytes that no signature covers are refused or reported', async () => {
  const good = await craft();
  const root = readDer(good);
  const [type, wrapped] = root.children;
  assert.ok(type && wrapped);
  const extra = derUtf8('other');
  for (const bytes of [
    derSequence(type.bytes, wrapped.bytes, extra),
    derSequence(type.bytes, der(0xa0, wrapped.contents, extra)),
    await craft({ content: [derOid(oids.data), derContext(0, derOctets(digest)), extra] }),
  ])
    assert.throws(() => parseSignedData(bytes), isMalformed);
  assert.equal((await checked(Uint8Array.of(...good, 0, 0))).status, 'valid', 'the rest of the slot');
  assert.equal((await checked(Uint8Array.of(...good, 0, 1))).status, 'invalid');
});

test('an empty digest is not that of any content', async () => {
  const { contentType, certificate } = await base();
  const empty = attribute(oids.messageDigest, derOctets(new Uint8Array()));
  const bytes = await craft({ signed: inOrder(contentType, empty, certificate) });
  const check = await checked(bytes, new Uint8Array());
  assert.equal(check.digestMatches, false);
  assert.equal(check.status, 'invalid');
});

test('attributes with several values, with values after values, and by the thousand', async () => {
  const { contentType, digest: messageDigest, certificate } = await base();
  const two = derSequence(derOid(oids.messageDigest), der(0x31, derOctets(digest), derOctets(digest)));
  assert.match(await told({ signed: inOrder(contentType, two, certificate) }), /^invalid .*attribute-malformed/);
  const more = derSequence(derOid('2.999.1'), der(0x31, derNull()), derNull());
  await assert.rejects(craft({ signed: inOrder(contentType, messageDigest, more) }).then(parseSignedData), isMalformed);
  const odd = attribute('2.999.1', derNull());
  const swollen = await craft({ unsigned: Array.from({ length: 1001 }, () => odd) });
  assert.throws(() => parseSignedData(swollen), isMalformed);
});

test('algorithms that do not fit each other or the key', async () => {
  const id = (...parts: readonly Uint8Array[]): Uint8Array => derSequence(...parts);
  const sm3 = id(derOid(oids.sm3));
  const cases: readonly (readonly [Uint8Array, Uint8Array, RegExp])[] = [
    [sm3, id(derOid(oids.ecPublicKey)), /certificate-key-mismatch/],
    [sm3, id(derOid(oids.sm2WithSm3)), /certificate-key-mismatch/],
    [sha256, id(derOid(oids.sm2WithSm3)), /algorithms-disagree/],
    [sha256, id(derOid(oids.ecdsaWithSha1)), /algorithms-disagree/],
    [sha256, id(derOid(oids.sha256WithRsa), derNull()), /certificate-key-mismatch/],
    [id(derOid(oids.sha1)), id(derOid(oids.ecdsaWithSha1)), /weak-digest/],
    [sha256, id(derOid(oids.ed25519)), /algorithms-disagree/],
    [sha256, id(derOid('2.999.3')), /signature-algorithm-unknown/],
    [id(derOid('2.999.3')), id(derOid(oids.ecdsaWithSha256)), /digest-algorithm-unknown/],
  ];
  for (const [digestIdentifier, signatureIdentifier, expected] of cases) {
    const answer = await told({ digestIdentifier, signatureIdentifier });
    assert.match(answer, /^invalid /);
    assert.match(answer, expected);
  }
  const pss = (...fields: readonly Uint8Array[]): Uint8Array => id(derOid(oids.rsaPss), derSequence(...fields));
  const mgf = (hash: string): Uint8Array => derContext(1, id(derOid(oids.mgf1), id(derOid(hash))));
  const hash = derContext(0, sha256);
  for (const [identifier, expected] of [
    [pss(hash, mgf(oids.sha512), derContext(2, derInteger(32))), /signature-algorithm-unknown/],
    [pss(hash, mgf(oids.sha256), derContext(2, derInteger(-1))), /signature-algorithm-unknown/],
    [pss(hash, mgf(oids.sha256), derContext(3, derInteger(2))), /signature-algorithm-unknown/],
    [pss(hash), /signature-algorithm-unknown/],
    [pss(), /algorithms-disagree/],
    [id(derOid(oids.rsaPss)), /signature-algorithm-unknown/],
  ] as const)
    assert.match(await told({ signatureIdentifier: identifier }), expected);
});

test('signers and certificates by the thousand are refused before any of them is read', async () => {
  const [signers, certificates] = [
    await craft({ signers: 65 }),
    await craft({ certificates: Array.from({ length: 1001 }, () => doctor.certificate.der) }),
  ];
  for (const bytes of [signers, certificates]) assert.throws(() => parseSignedData(bytes), isMalformed);
  assert.match(await told({ signers: 2 }), /^invalid several-signers/);
});

const tsaOptions = { name: 'tsa', uses: [oids.timeStamping] };
const tsa = await issueCertificate({ ...tsaOptions, serial: 7 });
const TIME = Date.UTC(2026, 5);

/** A token of the authority. */
async function token(
  changes: {
    readonly imprint?: Uint8Array;
    readonly time?: number;
    readonly more?: readonly Uint8Array[];
    readonly by?: IssuedCertificate;
    readonly bound?: boolean;
    readonly signers?: number;
  } = {},
): Promise<Uint8Array> {
  const { by = tsa, more = [] } = changes;
  const imprint = changes.imprint ?? derSequence(sha256, derOctets(digest));
  const time = derGeneralizedTime(changes.time ?? TIME);
  const info = derSequence(derInteger(1), derOid('2.999.1'), imprint, derInteger(5), time, ...more);
  const { issuer, serialNumber } = by.certificate;
  return craft({
    content: [derOid(oids.tstInfo), derContext(0, derOctets(info))],
    version: 3,
    certificates: [by.certificate.der],
    sid: derSequence(issuer.der, derInteger(serialNumber)),
    signedBy: by,
    signers: changes.signers ?? 1,
    signed: inOrder(
      attribute(oids.contentType, derOid(oids.tstInfo)),
      attribute(oids.messageDigest, derOctets(await engine.digest('sha-256', info))),
      ...(changes.bound === false ? [] : [attribute(oids.signingCertificateV2, await ess({ of: by }))]),
    ),
  });
}

async function stamped(bytes: Uint8Array, imprint = digest): Promise<string> {
  const check = await checkTimestampToken({ token: parseTimestampToken(bytes), imprint: () => imprint, engine });
  return [check.status, ...check.findings.map(({ id }) => id)].join(' ');
}

test('a token for another value, over a weaker hash, or over nothing', async () => {
  assert.equal(await stamped(await token()), 'valid');
  assert.equal(await stamped(await token(), new Uint8Array(32)), 'invalid imprint-wrong');
  const sha1 = await engine.digest('sha-1', digest);
  const weak = await token({ imprint: derSequence(derSequence(derOid(oids.sha1)), derOctets(sha1)) });
  assert.equal(await stamped(weak, sha1), 'invalid weak-digest');
  const empty = await token({ imprint: derSequence(sha256, derOctets(new Uint8Array())) });
  assert.equal(await stamped(empty, new Uint8Array()), 'invalid imprint-wrong');
});

test('a token must name its certificate, have one signer, and be of a time when the certificate was valid', async () => {
  assert.equal(await stamped(await token({ bound: false })), 'invalid signing-certificate-missing');
  assert.match(await stamped(await token({ signers: 2 })), /^invalid several-signers/);
  const [notBefore, notAfter] = [Date.UTC(2025, 0), Date.UTC(2027, 0)];
  const short = await issueCertificate({ ...tsaOptions, serial: 7, notBefore, notAfter });
  const at = (time: number): Promise<string> => token({ by: short, time }).then((bytes) => stamped(bytes));
  assert.equal(await at(notBefore), 'valid');
  assert.equal(await at(notAfter), 'valid');
  assert.equal(await at(notBefore - 1000), 'invalid timestamp-certificate-wrong');
  assert.equal(await at(notAfter + 1000), 'invalid timestamp-certificate-wrong');
});

test('fields of a token stand once and in their order; critical extensions of it are understood or refused', async () => {
  const accuracy = derSequence(derInteger(1));
  const nonce = derInteger(9);
  const ordering = der(1, Uint8Array.of(255));
  const extension = (critical: boolean): Uint8Array => derContext(1, derExtension('2.999.4', derNull(), { critical }));
  assert.equal(await stamped(await token({ more: [accuracy, ordering, nonce, extension(false)] })), 'valid');
  for (const more of [
    [nonce, accuracy],
    [nonce, nonce],
    [accuracy, accuracy],
    [derUtf8('x')],
    [derSequence(derInteger(-1))],
    [extension(true)],
  ]) {
    const bytes = await token({ more });
    assert.throws(() => parseTimestampToken(bytes), isMalformed);
  }
});

test('a signature of a document is no token, and a token is no signature of a document', async () => {
  const document = await craft();
  assert.throws(() => parseTimestampToken(document), isMalformed);
  const check = await checked(await token(), await engine.digest('sha-256', digest));
  assert.equal(check.status, 'invalid');
  assert.ok(check.findings.some(({ id }) => id === 'content-type-unexpected'));
});
