import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { openCryptoEngine } from '../crypto/index.js';
import {
  der,
  derBits,
  derContext,
  derContextPrimitive,
  derIa5,
  derInteger,
  derNull,
  derOid,
  derPrintable,
  derSequence,
  derSetOf,
  derTime,
  derUnsigned,
  derUtf8,
  oids,
  tags,
} from '../der/index.js';
import {
  commonNameOf,
  derExtension,
  issueCertificate,
  signStructure,
  type IssuedCertificate,
  type IssueOptions,
} from '../testing/issue-certificate.js';
import { buildPath, parseCertificate, type Certificate, type PathPurpose, type PathRequest } from './index.js';

const engine = await openCryptoEngine();
const AT = Date.UTC(2030, 0);
const root = await issueCertificate({ name: 'root', authority: true, keyUsage: '000001100' });
const authority = (options: Partial<IssueOptions> = {}): Promise<IssuedCertificate> =>
  issueCertificate({ name: 'ca', issuer: root, authority: true, ...options });

async function told(
  leaf: IssuedCertificate,
  pool: readonly IssuedCertificate[] = [],
  changes: Partial<PathRequest> = {},
): Promise<string> {
  const result = await buildPath({
    certificate: leaf.certificate,
    pool: pool.map(({ certificate }) => certificate),
    anchors: [root.certificate],
    at: AT,
    purpose: 'signature',
    engine,
    ...changes,
  });
  return result.status === 'valid' ? 'valid' : result.problems.map(({ id, index }) => `${id}@${index}`).join();
}

const attribute = (oid: string, value: Uint8Array): Uint8Array => derSetOf(derSequence(derOid(oid), value));
const bmp = (text: string): Uint8Array =>
  der(
    tags.bmpString,
    Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0) >> 8, letter.charCodeAt(0) & 255])),
  );
const universal = (text: string): Uint8Array =>
  der(tags.universalString, Uint8Array.from([...text].flatMap((letter) => [0, 0, 0, letter.charCodeAt(0)])));

interface BodyParts {
  readonly issuer: Uint8Array;
  readonly subject?: Uint8Array;
  readonly spki?: Uint8Array;
  readonly version?: number;
  readonly extensions?: readonly Uint8Array[];
}

/** A certificate whose parts are given, signed by the key of `by`. */
async function crafted(by: IssuedCertificate, parts: BodyParts): Promise<IssuedCertificate> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const body = derSequence(
    ...(parts.version === 1 ? [] : [derContext(0, derInteger(2))]),
    derInteger(77),
    derSequence(derOid(oids.ecdsaWithSha256)),
    parts.issuer,
    derSequence(derTime(Date.UTC(2020, 0)), derTime(Date.UTC(2040, 0))),
    parts.subject ?? commonNameOf('a'),
    parts.spki ?? new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey)),
    ...(parts.extensions ? [derContext(3, derSequence(...parts.extensions))] : []),
  );
  return { certificate: parseCertificate(await signStructure(body, by.keys.privateKey)), keys };
}

test('names chain across string types, case and spaces, and across nothing else', async () => {
  const named = (value: Uint8Array): Uint8Array => derSequence(attribute(oids.commonName, value));
  for (const equal of [derPrintable('ROOT'), derUtf8(' root '), bmp('root'), derUtf8('ro\u200bot')])
    assert.equal(await told(await crafted(root, { issuer: named(equal) })), 'valid');
  const others = [
    named(derUtf8('r00t')),
    named(universal('root')),
    derSequence(attribute('2.5.4.10', derUtf8('root'))),
    derSequence(attribute(oids.commonName, derUtf8('root')), attribute(oids.commonName, derUtf8('root'))),
    derSequence(),
  ];
  for (const issuer of others) assert.equal(await told(await crafted(root, { issuer })), 'issuer-not-found@0');
});

test('a name that only prints as another one is another one', async () => {
  const dumped = universal('x');
  const hex = `#${Buffer.from(dumped).toString('hex')}`;
  const real = derSequence(attribute(oids.commonName, dumped));
  const text = derSequence(attribute(oids.commonName, derUtf8(hex)));
  const of = (issuer: Uint8Array): Promise<IssuedCertificate> => crafted(root, { issuer });
  const [a, b] = [await of(real), await of(text)];
  assert.notEqual(a.certificate.issuer.key, b.certificate.issuer.key);
});

test('a certificate of version 1 or without basicConstraints is no authority unless it is the anchor itself', async () => {
  const old = await crafted(root, { issuer: root.certificate.subject.der, subject: commonNameOf('old'), version: 1 });
  const leaf = await issueCertificate({ name: 'a', issuer: old });
  assert.equal(await told(leaf, [old]), 'not-a-ca@1');
  assert.equal(await told(leaf, [], { anchors: [old.certificate] }), 'valid');
  const person = await issueCertificate({ name: 'person', issuer: root });
  const byPerson = await issueCertificate({ name: 'a', issuer: person });
  assert.equal(await told(byPerson, [], { anchors: [person.certificate] }), 'not-a-ca@1');
  assert.equal(await told(person, [], { anchors: [person.certificate] }), 'valid', 'trusted by itself');
});

test('an anchor counts only while it is valid; the first and the last moment belong to it', async () => {
  const [notBefore, notAfter] = [Date.UTC(2025, 0), Date.UTC(2026, 0)];
  const short = await issueCertificate({ name: 'short', authority: true, notBefore, notAfter });
  const leaf = await issueCertificate({ name: 'a', issuer: short });
  const at = (time: number): Promise<string> => told(leaf, [], { anchors: [short.certificate], at: time });
  assert.deepEqual(await Promise.all([notBefore - 1, notBefore, notAfter, notAfter + 1].map(at)), [
    'not-yet-valid@1',
    'valid',
    'valid',
    'expired@1',
  ]);
  assert.match(await at(NaN), /expired@0/, 'a time that is none is never inside');
});

test('uses narrow from the top: what an authority may not do, nobody below it may', async () => {
  const tsaOnly = await authority({ uses: [oids.timeStamping] });
  const leaf = await issueCertificate({ name: 'a', issuer: tsaOnly });
  assert.equal(await told(leaf, [tsaOnly]), 'extended-key-usage@1');
  const web = await authority({ uses: [oids.serverAuth] });
  const stamps = await issueCertificate({ name: 'a', issuer: web, uses: [oids.timeStamping] });
  assert.equal(await told(stamps, [web], { purpose: 'timestamp' }), 'extended-key-usage@1');
  const any = await authority({ uses: [oids.anyExtendedKeyUsage] });
  const below = await issueCertificate({ name: 'a', issuer: any, uses: [oids.timeStamping] });
  assert.equal(await told(below, [any], { purpose: 'timestamp' }), 'valid');
  for (const purpose of ['timestamp', 'ocsp'] satisfies PathPurpose[]) {
    const everything = await issueCertificate({ name: 'a', issuer: root, uses: [oids.anyExtendedKeyUsage] });
    assert.equal(await told(everything, [], { purpose }), 'extended-key-usage@0');
  }
  const nothing = await issueCertificate({ name: 'a', issuer: root, uses: [] });
  assert.equal(await told(nothing), 'extended-key-usage@0');
});

const directory = (...parts: readonly Uint8Array[]): Uint8Array => derContext(4, derSequence(...parts));
const limits = (tag: number, base: Uint8Array): readonly Uint8Array[] => [
  derExtension(oids.nameConstraints, derSequence(derContext(tag, derSequence(base))), { critical: true }),
];
const organization = (value: Uint8Array): Uint8Array => attribute('2.5.4.10', value);

test('subtrees of names hold for every spelling, and for names that cannot be compared', async () => {
  const forbidden = await authority({ extensions: limits(1, directory(organization(derPrintable('Hean')))) });
  const below = (subject: Uint8Array): Promise<IssuedCertificate> =>
    crafted(forbidden, { issuer: forbidden.certificate.subject.der, subject });
  for (const spelling of [derUtf8('HEAN'), bmp('hean'), derUtf8('he\u200dan'), universal('Hean')])
    assert.equal(await told(await below(derSequence(organization(spelling))), [forbidden]), 'name-constraints@1');
  assert.equal(await told(await below(derSequence(organization(derUtf8('Other')))), [forbidden]), 'valid');
  const allowed = await authority({ extensions: limits(0, directory(organization(derUtf8('和安')))) });
  const issuer = allowed.certificate.subject.der;
  const inside = derSequence(organization(bmp('和安')), attribute(oids.commonName, derUtf8('a')));
  assert.equal(await told(await crafted(allowed, { issuer, subject: inside }), [allowed]), 'valid');
  for (const subject of [
    derSequence(attribute(oids.commonName, derUtf8('a')), organization(derUtf8('和安'))),
    commonNameOf('a'),
  ])
    assert.equal(await told(await crafted(allowed, { issuer, subject }), [allowed]), 'name-constraints@1');
});

test('subtrees of hosts hold in any case and with the dot of the root', async () => {
  const text = (tag: number, value: string): Uint8Array => derContextPrimitive(tag, derIa5(value).subarray(2));
  for (const [tag, base, name] of [
    [2, 'hean.test', 'his.hean.test.'],
    [6, 'hean.test', 'ldap://HEAN.test./x'],
    [6, '.hean.test', 'https://a.hean.test.:8443/x'],
    [1, 'hean.test', 'a@HEAN.test.'],
  ] as const) {
    const ca = await authority({ extensions: limits(1, text(tag, base)) });
    const names = derExtension(oids.subjectAltName, derSequence(text(tag, name)));
    const leaf = await issueCertificate({ name: 'a', issuer: ca, extensions: [names] });
    assert.equal(await told(leaf, [ca]), 'name-constraints@1', name);
  }
});

test('constraints of the anchor and of every authority count, and a new certificate of the same authority keeps them', async () => {
  const bound = limits(0, directory(organization(derUtf8('Hean'))));
  const anchor = await issueCertificate({ name: 'bound', authority: true, extensions: bound });
  const leaf = await issueCertificate({ name: 'a', issuer: anchor });
  assert.equal(await told(leaf, [], { anchors: [anchor.certificate] }), 'name-constraints@1');
  const ca = await authority({ extensions: bound });
  const again = await issueCertificate({ name: 'ca', issuer: ca, authority: true });
  assert.equal(await told(await issueCertificate({ name: 'a', issuer: again }), [ca, again]), 'name-constraints@2');
});

test('lengths of paths: the smallest counts, absurd ones are no certificate', async () => {
  const wide = await authority({ name: 'wide', pathLength: 200 });
  const narrow = await issueCertificate({ name: 'narrow', issuer: wide, authority: true, pathLength: 0 });
  const deep = await issueCertificate({ name: 'deep', issuer: narrow, authority: true, pathLength: 100 });
  assert.equal(
    await told(await issueCertificate({ name: 'a', issuer: deep }), [wide, narrow, deep]),
    'path-too-long@2',
  );
  for (const value of [derInteger(2n ** 40n), derInteger(-1)]) {
    const extensions = [derExtension(oids.basicConstraints, derSequence(der(1, Uint8Array.of(255)), value))];
    await assert.rejects(crafted(root, { issuer: root.certificate.subject.der, extensions }), isMalformed);
  }
});

const isMalformed = (error: unknown): boolean => AnjuanError.is(error, 'certificate-malformed');

test('an extension that stands twice, or more than one of a kind, is no certificate', async () => {
  const twice = [derExtension('2.999.1', derNull()), derExtension('2.999.1', derNull())];
  await assert.rejects(crafted(root, { issuer: root.certificate.subject.der, extensions: twice }), isMalformed);
});

test('RSA keys that anybody can use are weak, whatever their length', async () => {
  const rsa = (exponent: bigint, bytes = 256): Uint8Array =>
    derSequence(
      derSequence(derOid(oids.rsaEncryption), derNull()),
      derBits(derSequence(derUnsigned(new Uint8Array(bytes).fill(0xc1)), derInteger(exponent))),
    );
  const issuer = root.certificate.subject.der;
  for (const [spki, expected] of [
    [rsa(65537n), 'valid'],
    [rsa(1n), 'weak-key@0'],
    [rsa(2n), 'weak-key@0'],
    [rsa(65537n, 128), 'weak-key@0'],
  ] as const)
    assert.equal(await told(await crafted(root, { issuer, spki })), expected);
});

test('cross-signed authorities in a circle end at the anchor when one is in reach, else nowhere', async () => {
  const left = await issueCertificate({ name: 'left', authority: true });
  const right = await issueCertificate({ name: 'right', authority: true });
  const leftByRight = await issueCertificate({ name: 'left', issuer: right, authority: true, keys: left.keys });
  const rightByLeft = await issueCertificate({ name: 'right', issuer: left, authority: true, keys: right.keys });
  const leaf = await issueCertificate({ name: 'a', issuer: left });
  const pool = [left, right, leftByRight, rightByLeft];
  assert.match(await told(leaf, pool), /root-not-trusted|issuer-not-found/);
  assert.equal(await told(leaf, pool, { anchors: [right.certificate] }), 'valid');
});

test('a pool of thousands of one name is searched in bounded time', async () => {
  const decoys: Certificate[] = [];
  const fake = (await issueCertificate({ name: 'root', authority: true })).certificate;
  for (let index = 0; index < 20_000; index += 1) decoys.push({ ...fake, der: Uint8Array.of(index, index >> 8) });
  const leaf = await issueCertificate({ name: 'a', issuer: root });
  let checks = 0;
  const counting = {
    ...engine,
    verify: (request: Parameters<typeof engine.verify>[0]) => ((checks += 1), engine.verify(request)),
  };
  assert.equal(await told(leaf, [], { pool: decoys, engine: counting }), 'valid');
  assert.equal(checks, 1, 'anchors come first');
  assert.match(await told(leaf, [], { pool: decoys, anchors: [], engine: counting }), /search-limit/);
  assert.ok(checks <= 101);
});
